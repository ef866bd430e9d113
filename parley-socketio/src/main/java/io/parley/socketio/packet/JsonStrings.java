package io.parley.socketio.packet;

/** Reads the strings of a JSON text that was found valid. */
final class JsonStrings {

    private JsonStrings() {}

    /** The string whose quotes are at {@code start} and before {@code end}. */
    static String decode(String text, int start, int end) {
        String raw = text.substring(start + 1, end - 1);
        return raw.indexOf('\\') < 0 ? raw : unescape(raw);
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
            } else if (text.charAt(++i) == 'u') {
                out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                i += 4;
            } else {
                out.append(unescaped(text.charAt(i)));
            }
        }
        return out.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
