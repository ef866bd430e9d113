package io.parley.websocket.client;

import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.http.ResponseHead;

/**
 * A server's answer that its WebSocket is elsewhere.
 *
 * @param plan what was asked
 * @param answer with a {@code Location}
 * @param max how many to follow in a row
 */
record Redirect(Plan plan, ResponseHead answer, int max) {

    /**
     * What to ask next.
     *
     * @throws HandshakeException if it must not be followed
     */
    Plan follow(String location) throws HandshakeException {
        if (plan.redirects() == max) {
            throw refused(
                    location,
                    max == 0 ? "HTTP/1.1 101; maxRedirects says how many to follow" : "at most " + max + " redirects");
        }
        Target next = next(location);
        if (plan.target().secure() && !next.secure()) {
            throw refused(location, "no redirect from wss to ws");
        }
        return plan.redirected(next);
    }

    private Target next(String location) throws HandshakeException {
        try {
            return plan.target().redirectedTo(location);
        } catch (IllegalArgumentException bad) {
            throw refused(location, "a URL of a WebSocket");
        }
    }

    private HandshakeException refused(String location, String expected) {
        return new HandshakeException(
                answer,
                "Handshake: " + answer.statusLine() + " to " + HttpSyntax.printable(location) + " (expected: "
                        + expected + ")");
    }
}
