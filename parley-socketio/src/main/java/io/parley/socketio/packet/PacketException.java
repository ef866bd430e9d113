package io.parley.socketio.packet;

import io.parley.socketio.SocketIoException;
import java.nio.ByteBuffer;

/** The peer sent what breaks the protocol. The connection cannot go on. */
public final class PacketException extends SocketIoException {

    private static final long serialVersionUID = 1L;
    private static final int EXCERPT_LENGTH = 64;

    /** Says what came and what was expected. What the peer wrote goes into {@link #in}, which escapes it. */
    public PacketException(String message) {
        super(message);
    }

    /** Says what is wrong with a text, and how it begins: with its first 64 characters, escaped. */
    public static PacketException in(String text, String problem) {
        return new PacketException(problem + " in \"" + excerpt(text) + '"');
    }

    /** Says what is wrong with a binary message, and how it begins: with its first 64 bytes, escaped. */
    public static PacketException in(ByteBuffer bytes, String problem) {
        return new PacketException(problem + " in \"" + excerpt(bytes) + '"');
    }

    /** The beginning of a text that came from the peer: its first 64 characters, escaped. */
    public static String excerpt(String text) {
        StringBuilder out = new StringBuilder(EXCERPT_LENGTH + 8);
        int end = Math.min(text.length(), EXCERPT_LENGTH);
        for (int i = 0; i < end; i++) {
            appendEscaped(out, text.charAt(i), "\\u%04x");
        }
        return out.append(end < text.length() ? "…" : "").toString();
    }

    private static String excerpt(ByteBuffer bytes) {
        StringBuilder out = new StringBuilder(2 * EXCERPT_LENGTH);
        int end = Math.min(bytes.remaining(), EXCERPT_LENGTH);
        for (int i = 0; i < end; i++) {
            appendEscaped(out, (char) (bytes.get(bytes.position() + i) & 0xff), "\\x%02x");
        }
        return out.append(end < bytes.remaining() ? "…" : "").toString();
    }

    /** A character in single quotes. */
    static String quoted(char c) {
        StringBuilder out = new StringBuilder("'");
        appendEscaped(out, c, "\\u%04x");
        return out.append('\'').toString();
    }

    private static void appendEscaped(StringBuilder out, char c, String form) {
        if (c >= ' ' && c < 0x7f) {
            out.append(c);
        } else {
            out.append(String.format(form, (int) c));
        }
    }
}
