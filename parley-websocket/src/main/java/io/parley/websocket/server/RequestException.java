package io.parley.websocket.server;

import java.time.Duration;

/**
 * A request that breaks HTTP or a limit. It is answered with its status and its message, and ends the connection:
 * where the next request begins is not known any more.
 */
final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** Without a stack trace: it is the peer's mistake, not ours. */
    RequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static RequestException malformed(String message) {
        return new RequestException(400, message);
    }

    static RequestException tooSlow(String part, Duration limit) {
        return new RequestException(
                408, "The " + part + " of the request took longer than " + limit.toMillis() + " ms");
    }

    HttpResponse response() {
        return HttpResponse.text(status, getMessage() + "\n");
    }
}
