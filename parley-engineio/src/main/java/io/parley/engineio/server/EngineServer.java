package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpHandler;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An Engine.IO server (protocol 4): mount it on an HTTP server under a path.
 */
public final class EngineServer implements HttpHandler, AutoCloseable {

    private final EngineOptions options;
    private final Function<EngineSocket, EngineListener> onConnection;

    private EngineServer(EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        this.options = options;
        this.onConnection = onConnection;
    }

    /**
     * A server.
     *
     * @param onConnection called on the session's event loop right after its open packet was sent; what it returns
     *     hears of the session from then on
     */
    public static EngineServer create(EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        return new EngineServer(requireNonNull(options, "options"), requireNonNull(onConnection, "onConnection"));
    }

    /** What the server was made with. */
    public EngineOptions options() {
        return options;
    }

    /** Takes one request. */
    @Override
    public void handle(HttpExchange exchange) {
        throw new UnsupportedOperationException(exchange.request().target() + onConnection); // the sessions come next
    }

    /** Hears of every request that is refused; replaces an earlier listener. Called on the event loop of the request. */
    public void onConnectionError(Consumer<ConnectionError> listener) {
        requireNonNull(listener, "listener");
    }

    /** How many sessions there are. */
    public int clientsCount() {
        return 0;
    }

    /** How many sessions were ended because more than {@link EngineOptions#maxBufferedBytes} waited to be sent. */
    public long overflowCount() {
        return 0;
    }

    /** Ends every session with {@code forced close} and refuses new ones. */
    @Override
    public void close() {}
}
