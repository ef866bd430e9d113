package io.parley.websocket.server;

import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One HTTP request and its answer: the one thing an upper layer knows of its host. Our server implements it; a foreign
 * container can.
 *
 * <p><b>Threading.</b> {@link #respond} and {@link #upgrade} may be called from any thread, together once. Callbacks
 * run on {@link #eventLoop}.
 */
public interface HttpExchange {

    /** The head of the request. */
    HttpRequest request();

    /** The loop of the connection that the request came on. */
    EventLoop eventLoop();

    /**
     * Reads the whole body and hands it over, at once when the request has none. To be called at most once; a body
     * that nobody reads is skipped.
     *
     * @param maxBytes the largest body to take
     */
    void readBody(int maxBytes, BodyReader reader);

    /** Whether the request asks for a WebSocket (an {@code Upgrade: websocket} field; RFC 6455 section 4.2.1). */
    boolean isWebSocketUpgrade();

    /**
     * Answers the request.
     *
     * @throws IllegalStateException if it was answered before
     */
    void respond(HttpResponse response);

    /**
     * Makes a WebSocket of the connection. A handshake that RFC 6455 section 4.2.1 forbids is answered with the status
     * it asks for (400, 426), and the listener hears nothing.
     *
     * @param options limits, subprotocols and header fields for the 101
     * @param listener called on {@link #eventLoop}
     * @throws IllegalStateException if the request was answered before
     */
    void upgrade(WebSocketUpgrade options, WebSocketListener listener);

    /**
     * Tells when the peer goes away before the answer was written; nothing happens otherwise. At once if it has gone
     * already.
     */
    void onAbort(Runnable listener);

    /** Takes the body of a request. */
    interface BodyReader {

        /**
         * The whole body.
         *
         * @param body the reader's own, on the heap
         */
        void onBody(ByteBuffer body);

        /** The body is larger than allowed. What is left of it is skipped; answer with 413. */
        void onTooLarge();
    }

    /**
     * How to upgrade.
     *
     * @param subprotocols what the server speaks, in its order of preference; the first that the client offers too is
     *     taken. A single {@code "*"} takes the client's first offer
     * @param headers further fields for the 101
     * @param connection the limits of the connection
     */
    record WebSocketUpgrade(List<String> subprotocols, HttpHeaders headers, ConnectionOptions connection) {

        /** Takes a copy of the list. */
        public WebSocketUpgrade {
            subprotocols = List.copyOf(subprotocols);
        }

        /** The same with other subprotocols. */
        public WebSocketUpgrade withSubprotocols(List<String> others) {
            return new WebSocketUpgrade(others, headers, connection);
        }
    }
}
