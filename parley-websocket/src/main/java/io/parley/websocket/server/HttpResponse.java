package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.HttpHeaders;
import java.nio.ByteBuffer;

/**
 * One answer. The host adds {@code Content-Length}, {@code Date} and what the connection needs, and leaves the body out
 * where HTTP wants none ({@code HEAD}, 204, 304).
 *
 * <p><b>Threading.</b> Immutable; the bytes of the body must not change any more.
 *
 * @param status the status code, 200 to 599
 * @param headers without {@code Content-Length}, {@code Transfer-Encoding} and {@code Connection}
 * @param body shared, not copied
 */
public record HttpResponse(int status, HttpHeaders headers, ByteBuffer body) {

    /** Checks the status. */
    public HttpResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        body = body.slice().asReadOnlyBuffer();
    }

    /** The body, read-only, with a position of the caller's own. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** An answer without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, HttpHeaders.empty(), ByteBuffer.allocate(0));
    }

    /** A text in UTF-8. */
    public static HttpResponse text(int status, String text) {
        return of(status, "text/plain; charset=UTF-8", text);
    }

    /** A text of the given content type, in UTF-8. */
    public static HttpResponse of(int status, String contentType, String text) {
        return new HttpResponse(
                status, HttpHeaders.of("Content-Type", contentType), ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** This answer with one more header field. */
    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.with(name, value), body);
    }

    /** This answer with more header fields. */
    public HttpResponse with(HttpHeaders more) {
        return new HttpResponse(status, headers.with(more), body);
    }
}
