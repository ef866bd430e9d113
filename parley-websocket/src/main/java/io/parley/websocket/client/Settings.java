package io.parley.websocket.client;

import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.MessageStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a socket was built with, but for its listeners.
 *
 * @param handshake how to ask for the connection
 * @param network how to get to the server
 * @param connection the limits of the connection
 * @param handlers where what comes is handled
 */
record Settings(HandshakeSettings handshake, Network network, ConnectionOptions connection, Handlers handlers) {

    /**
     * How to ask for the connection.
     *
     * @param protocols the subprotocols to offer, the best first
     * @param headers more header fields of the request
     * @param cookies where they come from and go to
     * @param maxHeaderBytes the limit of an answer's head
     * @param maxRedirects how many to follow
     */
    record HandshakeSettings(
            List<String> protocols, HttpHeaders headers, Cookies cookies, int maxHeaderBytes, int maxRedirects) {}

    /**
     * How to get to the server.
     *
     * @param loops the threads for it
     * @param connectTimeout for everything up to the open event
     * @param proxy the way
     * @param tls for {@code wss}
     */
    record Network(EventLoops loops, Duration connectTimeout, Proxy proxy, TlsOptions tls) {

        int connectMillis() {
            return (int) Math.min(Integer.MAX_VALUE, connectTimeout.toMillis());
        }
    }

    /**
     * Where what comes is handled.
     *
     * @param threads what handlers run on
     * @param maxUnhandledBytes how much may wait for them
     * @param pong takes the payloads of pongs
     * @param stream takes messages while they arrive; null to take them whole
     */
    record Handlers(
            Executor threads,
            int maxUnhandledBytes,
            Consumer<ByteBuffer> pong,
            @Nullable Consumer<MessageStream> stream) {}
}
