package io.parley.websocket;

import java.nio.ByteBuffer;

/**
 * The beginning of what a peer sent, fit to be shown: at most {@value #LENGTH} characters or bytes, and what is not
 * printable ASCII is escaped. For messages about a peer's mistakes, whose text may be long and hostile.
 */
public final class Excerpt {

    /** So much of it. */
    public static final int LENGTH = 64;

    private static final String MORE = "…";

    private Excerpt() {}

    /** The beginning of a text: other characters as {@code \}{@code u001b}. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(LENGTH + MORE.length());
        int end = Math.min(text.length(), LENGTH);
        for (int i = 0; i < end; i++) {
            append(out, text.charAt(i), "\\u%04x");
        }
        return out.append(end < text.length() ? MORE : "").toString();
    }

    /**
     * The beginning of bytes: other ones as {@code \x1b}.
     *
     * @param bytes from their position on, which stays
     */
    public static String of(ByteBuffer bytes) {
        StringBuilder out = new StringBuilder(2 * LENGTH);
        int end = Math.min(bytes.remaining(), LENGTH);
        for (int i = 0; i < end; i++) {
            append(out, (char) (bytes.get(bytes.position() + i) & 0xff), "\\x%02x");
        }
        return out.append(end < bytes.remaining() ? MORE : "").toString();
    }

    private static void append(StringBuilder out, char c, String form) {
        if (c >= ' ' && c < 0x7f) {
            out.append(c);
        } else {
            out.append(String.format(form, (int) c));
        }
    }
}
