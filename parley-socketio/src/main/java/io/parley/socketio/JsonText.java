package io.parley.socketio;

/** Writes strings as JSON text, the way JavaScript's {@code JSON.stringify} does (well-formed, ECMA-262). */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Appends the string in quotes. */
    static void quote(StringBuilder out, String string) {
        out.append('"');
        int special = nextSpecial(string, 0);
        int copied = 0;
        while (special < string.length()) {
            out.append(string, copied, special);
            copied = appendSpecial(out, string, special);
            special = nextSpecial(string, copied);
        }
        if (copied == 0) {
            out.append(string);
        } else {
            out.append(string, copied, string.length());
        }
        out.append('"');
    }

    private static int nextSpecial(String string, int from) {
        int i = from;
        while (i < string.length() && !isSpecial(string.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpecial(char c) {
        return c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
    }

    /** Appends the special character at {@code i}, or the pair there; returns where to go on. */
    private static int appendSpecial(StringBuilder out, String string, int i) {
        char c = string.charAt(i);
        if (Character.isSurrogate(c)) {
            return appendSurrogate(out, string, i);
        }
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> appendCode(out, c);
        }
        return i + 1;
    }

    private static int appendSurrogate(StringBuilder out, String string, int i) {
        int codePoint = string.codePointAt(i);
        if (Character.isSupplementaryCodePoint(codePoint)) {
            out.appendCodePoint(codePoint);
            return i + 2;
        }
        appendCode(out, string.charAt(i));
        return i + 1;
    }

    /** Appends {@code \}{@code u} and four digits. */
    static void appendCode(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
