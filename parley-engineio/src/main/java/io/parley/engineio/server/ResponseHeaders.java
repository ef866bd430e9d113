package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of an answer that is not written yet. Names are compared without regard to case.
 *
 * <p><b>Threading.</b> Confined to the listener or middleware that was given them, while it runs.
 */
public final class ResponseHeaders {

    private static final Set<String> OF_THE_HOST = Set.of("content-length", "transfer-encoding", "connection", "date");

    private HttpHeaders headers;

    ResponseHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /** The first field of that name. */
    public Optional<String> get(String name) {
        return headers.first(name);
    }

    /** Every field of that name, in order. */
    public List<String> all(String name) {
        return headers.all(name);
    }

    /**
     * Puts a field in the place of those of that name.
     *
     * @throws IllegalArgumentException if the name is not a token or is the host's to write, such as
     *     {@code Content-Length}, or if the value is not one line of visible Latin-1
     */
    public ResponseHeaders set(String name, String value) {
        check(name, value);
        headers = headers.without(name).with(name, value);
        return this;
    }

    /**
     * Adds a field to those of that name, as {@code Set-Cookie} needs it.
     *
     * @throws IllegalArgumentException as {@link #set} does
     */
    public ResponseHeaders add(String name, String value) {
        check(name, value);
        headers = headers.with(name, value);
        return this;
    }

    /** Takes the fields of that name away. */
    public ResponseHeaders remove(String name) {
        headers = headers.without(name);
        return this;
    }

    HttpHeaders toHeaders() {
        return headers;
    }

    private static void check(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        if (!FieldSyntax.isToken(name)) {
            throw new IllegalArgumentException("Header field name of " + name.length() + " characters is not a token"
                    + " (expected: letters, digits and hyphens)");
        }
        if (OF_THE_HOST.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("Header field " + name + " (expected: none, the server writes it)");
        }
        if (!FieldSyntax.isValue(value)) {
            throw new IllegalArgumentException(
                    "Header field " + name + ": its value has control characters (expected: one line of Latin-1)");
        }
    }
}
