package io.parley.websocket.http;

import java.time.Duration;

/**
 * A peer that breaks HTTP or a limit. A server answers it with its status and its message; either end gives up the
 * connection: where the next message begins is not known any more.
 */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** Without a stack trace: it is the peer's mistake, not ours. */
    public HttpException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** For what is no HTTP. */
    public static HttpException malformed(String message) {
        return new HttpException(400, message);
    }

    /** For a part of a request that did not come in time. */
    public static HttpException tooSlow(String part, Duration limit) {
        return new HttpException(408, "The " + part + " of the request took longer than " + limit.toMillis() + " ms");
    }

    /** What a server answers with. */
    public int status() {
        return status;
    }

    /** What was wrong; never null. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
