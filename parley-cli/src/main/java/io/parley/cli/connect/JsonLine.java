package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One JSON object (RFC 8259) on one line, member by member. */
final class JsonLine {

    private final StringBuilder json = new StringBuilder(128).append('{');

    JsonLine with(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    JsonLine with(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    JsonLine with(String name, boolean value) {
        name(name);
        json.append(value);
        return this;
    }

    /** The object and a line feed, in UTF-8. */
    byte[] bytes() {
        return (json + "}\n").getBytes(UTF_8);
    }

    private void name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        string(name);
        json.append(':');
    }

    private void string(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        json.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ') {
                    json.append(String.format("\\u%04x", (int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
