package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;

/**
 * Looks at every request before the engine does, those that would become WebSockets included (the official
 * {@code engine.use}), see {@link EngineServer#use}.
 */
@FunctionalInterface
public interface HttpMiddleware {

    /**
     * Takes one request. Called on its event loop, so it must not block: what takes time goes on later, from any thread.
     * It ends with one of {@link Step#next}, {@link Step#fail} and {@link Step#respond}; until then the client waits.
     *
     * @throws Exception which is like {@link Step#fail}
     */
    void handle(Step step) throws Exception;

    /**
     * One request in one middleware.
     *
     * <p><b>Threading.</b> For one thread at a time, any.
     */
    interface Step {

        /** The request. */
        HttpRequest request();

        /** Whether it asks to become a WebSocket. */
        boolean isUpgrade();

        /**
         * Header fields for the answer, whoever gives it: those that the engine writes itself go before them, cookies and
         * {@code Vary} are added to its own. The answer that refuses an upgrade has none of them.
         */
        ResponseHeaders headers();

        /** Goes on with the next middleware, and after the last one with the engine. Further calls are ignored. */
        void next();

        /**
         * Refuses the request with code 3, {@code Bad request}; {@link EngineServer#onConnectionError} is told with
         * {@code MIDDLEWARE_FAILURE} and the cause. One that was answered before stays answered.
         */
        void fail(Throwable cause);

        /**
         * Answers the request in the place of the engine.
         *
         * @throws IllegalStateException if it was answered before
         */
        void respond(HttpResponse response);
    }
}
