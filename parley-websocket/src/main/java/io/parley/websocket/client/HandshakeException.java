package io.parley.websocket.client;

import io.parley.websocket.CloseCode;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.ResponseHead;

/** The server, or a proxy on the way, answered with something else than a correct opening handshake. */
public final class HandshakeException extends WebSocketException {

    private static final long serialVersionUID = 1L;

    private final int status;

    @SuppressWarnings("serial") // an exception of ours is not serialized
    private final transient HttpHeaders headers;

    HandshakeException(ResponseHead answer, String message) {
        super(CloseCode.ABNORMAL, message, null);
        this.status = answer.status();
        this.headers = answer.headers();
    }

    /** The HTTP status of the answer, such as 403. */
    public int status() {
        return status;
    }

    /** The header fields of the answer. */
    public HttpHeaders headers() {
        return headers == null ? HttpHeaders.empty() : headers;
    }
}
