package io.parley.websocket.client;

/** Texts as browsers send them. */
final class Utf16 {

    private Utf16() {}

    /** The text with U+FFFD for each half of a surrogate pair: a scalar value string (WHATWG Infra section 4.6). */
    static String wellFormed(String text) {
        int broken = indexOfLoneSurrogate(text, 0);
        if (broken < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (int i = broken; i >= 0; i = indexOfLoneSurrogate(text, i + 1)) {
            whole.setCharAt(i, '\uFFFD');
        }
        return whole.toString();
    }

    private static int indexOfLoneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** How many bytes a well-formed text has in UTF-8. */
    static long utf8Length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2; // a pair has 4 bytes
            }
        }
        return bytes;
    }
}
