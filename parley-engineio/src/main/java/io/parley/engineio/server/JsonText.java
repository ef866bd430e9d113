package io.parley.engineio.server;

/** Writes JSON strings (RFC 8259 section 7): the little JSON that Engine.IO itself speaks needs no library. */
final class JsonText {

    private JsonText() {}

    /** The text as a JSON string, quotes included. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            appendTo(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    private static void appendTo(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < ' ') {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
        } else {
            json.append(c);
        }
    }
}
