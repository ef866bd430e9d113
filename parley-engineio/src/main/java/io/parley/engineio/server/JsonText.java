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

    /** The text as a string of JavaScript, where two characters end a line that JSON allows in a string. */
    static String quoteForScript(String text) {
        return quote(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static void appendTo(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < ' ') {
            appendControl(json, c);
        } else {
            json.append(c);
        }
    }

    /** In the short form where there is one, as JavaScript writes it. */
    private static void appendControl(StringBuilder json, char c) {
        switch (c) {
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default ->
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
        }
    }
}
