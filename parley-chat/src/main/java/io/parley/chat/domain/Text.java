package io.parley.chat.domain;

import io.parley.chat.domain.ChatException.Code;

/** The rules for what people say. */
public final class Text {

    /** The most code points in a message. */
    public static final int MAX_LENGTH = 4000;

    private static final int REPLACEMENT = 0xfffd;

    private Text() {}

    /**
     * A message's text, tidied: without control characters other than line breaks and tabs, without space at the end,
     * and with nothing in it that UTF-8 cannot carry.
     *
     * @throws ChatException {@link Code#INVALID} if nothing is left, {@link Code#TOO_LONG} if it is too long
     */
    public static String tidy(String raw) {
        StringBuilder tidied = new StringBuilder(raw.length());
        raw.codePoints().filter(Text::isKept).map(Text::encodable).forEach(tidied::appendCodePoint);
        String text = tidied.toString().stripTrailing();
        if (text.isBlank()) {
            throw new ChatException(Code.INVALID, "The message is empty: write something.");
        }
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            throw new ChatException(
                    Code.TOO_LONG,
                    "The message is " + length + " characters long: send at most " + MAX_LENGTH + " at a time.");
        }
        return text;
    }

    private static boolean isKept(int codePoint) {
        return codePoint == '\n' || codePoint == '\t' || !Character.isISOControl(codePoint);
    }

    private static int encodable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
    }
}
