package io.parley.websocket.server;

/** What the next byte of an HTTP connection belongs to. */
enum Reading {
    /** The head of the next request. */
    HEAD,
    /** The body of the last request. */
    BODY,
    /** The WebSocket that the last request asks for, if it gets one. */
    UPGRADE,
    /** Nothing: there is no request after the last one, whose answer is awaited. */
    LAST,
    /** Nothing: the last answer is written. */
    END;

    /** What comes after a request. */
    static Reading after(RequestHead request) {
        if (request.webSocketUpgrade() && !request.hasBody()) {
            return UPGRADE;
        }
        return request.keepAlive() ? HEAD : LAST;
    }

    /** Whether what comes is dropped. */
    boolean isOver() {
        return this == LAST || this == END;
    }
}
