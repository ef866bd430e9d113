package io.parley.websocket.frame;

import io.parley.websocket.http.HttpSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Sec-WebSocket-Extensions} (RFC 6455 section 9.1): extensions in commas, their parameters in semicolons,
 * values as tokens or in quotes.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class ExtensionHeader {

    /**
     * One extension of an offer or an answer.
     *
     * @param parameters in order, with doubles
     */
    record Extension(String name, List<Parameter> parameters) {}

    /**
     * One parameter of an extension.
     *
     * @param value without its quotes; null when there is none
     */
    record Parameter(String name, @Nullable String value) {

        @Override
        public String toString() {
            return value == null ? name : name + "=" + value;
        }
    }

    private final String text;
    private int at;

    private ExtensionHeader(String text) {
        this.text = text;
    }

    /**
     * Reads every field of that name, which are one list together (RFC 9110 section 5.3).
     *
     * @throws IllegalArgumentException if one breaks the syntax, or there is no extension in any of them
     */
    static List<Extension> parse(List<String> values) {
        List<Extension> extensions = new ArrayList<>();
        for (String value : values) {
            new ExtensionHeader(value).readInto(extensions);
        }
        if (extensions.isEmpty()) {
            throw new IllegalArgumentException("Sec-WebSocket-Extensions without an extension (expected: one or more)");
        }
        return extensions;
    }

    /** Empty elements are skipped, as in every list of HTTP (RFC 9110 section 5.6.1.2). */
    private void readInto(List<Extension> extensions) {
        do {
            skipSpace();
            if (at < text.length() && text.charAt(at) != ',') {
                extensions.add(readExtension());
            }
        } while (skip(','));
        if (at < text.length()) {
            throw broken("',' or ';'");
        }
    }

    private Extension readExtension() {
        String name = readToken();
        List<Parameter> parameters = new ArrayList<>();
        while (skip(';')) {
            skipSpace();
            parameters.add(readParameter());
        }
        return new Extension(name, parameters);
    }

    private Parameter readParameter() {
        String name = readToken();
        if (!skip('=')) {
            return new Parameter(name, null);
        }
        skipSpace();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        return new Parameter(name, quoted ? readQuoted() : readToken());
    }

    private String readToken() {
        int start = at;
        while (at < text.length() && HttpSyntax.isTokenChar(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw broken("a token");
        }
        return text.substring(start, at);
    }

    /** What is in the quotes has to be a token too. */
    private String readQuoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at == text.length() || !HttpSyntax.isTokenChar(text.charAt(at))) {
                throw broken("a token in the quotes");
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length() || value.isEmpty()) {
            throw broken("a token in the quotes");
        }
        at++;
        return value.toString();
    }

    /** Skips white space and then {@code mark}, if it is there. */
    private boolean skip(char mark) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == mark) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private IllegalArgumentException broken(String expected) {
        String found = at < text.length() ? String.format("character 0x%02x", (int) text.charAt(at)) : "the end";
        return new IllegalArgumentException(
                "Sec-WebSocket-Extensions with " + found + " at " + at + " (expected: " + expected + ")");
    }
}
