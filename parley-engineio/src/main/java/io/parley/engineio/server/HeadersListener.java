package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;

/**
 * May change the header fields of an answer, see {@link EngineServer#onInitialHeaders} and
 * {@link EngineServer#onHeaders}.
 */
@FunctionalInterface
public interface HeadersListener {

    /**
     * An answer is about to be written. Called on an event loop, so it must not block; a throw is logged, and the fields
     * stay as they are by then.
     *
     * @param headers to be changed, while this runs
     * @param request what is answered
     */
    void onHeaders(ResponseHeaders headers, HttpRequest request);
}
