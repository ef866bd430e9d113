package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.HttpSyntax;

/** The head of an answer, as it is written (RFC 9112 section 4 and 5). */
final class AnswerHead {

    /** What the connection does after the answer. */
    enum Connection {
        /** Goes on, as it does by itself in HTTP/1.1. */
        GOES_ON(""),
        /** Goes on, which an HTTP/1.0 client must be told. */
        KEEP_ALIVE("Connection: keep-alive\r\n"),
        /** Is closed. */
        CLOSE("Connection: close\r\n");

        private final String field;

        Connection(String field) {
            this.field = field;
        }
    }

    private AnswerHead() {}

    /**
     * Checks fields given by the user.
     *
     * @throws IllegalArgumentException if one cannot be written as it is, or is ours to write
     */
    static void check(HttpHeaders headers) {
        headers.forEach(AnswerHead::check);
    }

    private static void check(String name, String value) {
        if (!HttpSyntax.isToken(name)) {
            throw new IllegalArgumentException(
                    "Header field name '" + HttpSyntax.printable(name) + "' (expected: a token)");
        }
        if (!HttpSyntax.isFieldValue(value)) {
            throw new IllegalArgumentException("Header field " + name + ": '" + HttpSyntax.printable(value)
                    + "' (expected: one line of Latin-1 without control characters)");
        }
        if (isOurs(name)) {
            throw new IllegalArgumentException("Header field " + name + " (expected: none, the server adds it)");
        }
    }

    private static boolean isOurs(String name) {
        return name.equalsIgnoreCase("Content-Length")
                || name.equalsIgnoreCase("Transfer-Encoding")
                || name.equalsIgnoreCase("Connection")
                || name.equalsIgnoreCase("Date");
    }

    /** Whether an answer of that status has a length to tell (RFC 9110 section 8.6). */
    static boolean hasContent(int status) {
        return status != 204 && status != 304;
    }

    /** Writes the head into {@code out}, borrowed. */
    static void write(ByteBuf out, int status, HttpHeaders headers, long length, Connection connection) {
        ascii(out, "HTTP/1.1 ");
        ascii(out, HttpResponseStatus.valueOf(status).toString());
        ascii(out, "\r\n");
        headers.forEach((name, value) -> {
            ascii(out, name);
            ascii(out, ": ");
            ascii(out, value);
            ascii(out, "\r\n");
        });
        ascii(out, "Date: ");
        ascii(out, HttpDate.now());
        if (hasContent(status)) {
            ascii(out, "\r\nContent-Length: ");
            ascii(out, Long.toString(length));
        }
        ascii(out, "\r\n");
        ascii(out, connection.field);
        ascii(out, "\r\n");
    }

    private static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }
}
