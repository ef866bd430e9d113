package io.parley.websocket.http;

import io.parley.websocket.HttpHeaders;

/**
 * The head of a response.
 *
 * @param http11 whether it is HTTP/1.1; HTTP/1.0 otherwise
 * @param status 100 to 599
 * @param reason the words after the status; may be empty
 * @param headers all fields
 */
public record ResponseHead(boolean http11, int status, String reason, HttpHeaders headers) {

    /** The status line as it came. */
    public String statusLine() {
        return (http11 ? "HTTP/1.1 " : "HTTP/1.0 ") + status + (reason.isEmpty() ? "" : " " + reason);
    }
}
