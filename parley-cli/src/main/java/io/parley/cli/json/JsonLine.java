package io.parley.cli.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One JSON object (RFC 8259) on one line, member by member.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class JsonLine {

    private final StringBuilder json = new StringBuilder(128).append('{');

    /** An object without members yet. */
    public JsonLine() {}

    /** Adds a member. */
    public JsonLine with(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    /** Adds a member. */
    public JsonLine with(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    /** Adds a member. */
    public JsonLine with(String name, boolean value) {
        name(name);
        json.append(value);
        return this;
    }

    /** Adds a member, rounded to thousandths. */
    public JsonLine with(String name, double value) {
        name(name);
        json.append(new BigDecimal(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
        return this;
    }

    /** Adds a member that is an object. */
    public JsonLine with(String name, JsonLine value) {
        name(name);
        json.append(value.json).append('}');
        return this;
    }

    /** The object and a line feed, in UTF-8. */
    public byte[] bytes() {
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
