package io.parley.websocket.server;

import io.netty.channel.DefaultFileRegion;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import org.jspecify.annotations.Nullable;

/** What a request is answered with, kept until its turn has come. */
sealed interface Answer {

    /** Given up, because the connection is gone or the server answers in the handler's place. */
    default void discard() {}

    /** A response that is in memory. */
    record Content(HttpResponse response) implements Answer {}

    /**
     * A response whose body is sent from a file.
     *
     * @param head without a body
     * @param file taken; null when only the head is asked for
     */
    record FileContent(
            HttpResponse head, long length, @Nullable DefaultFileRegion file) implements Answer {

        @Override
        public void discard() {
            if (file != null) {
                file.release();
            }
        }
    }

    /** A WebSocket. */
    record Upgrade(WebSocketUpgrade options, WebSocketListener listener) implements Answer {}
}
