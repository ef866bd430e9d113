package io.parley.cli.echo;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.StaticFiles;
import java.util.List;

/**
 * Sends back what WebSockets at any path send, and the events of Socket.IO at {@code /socket.io/}; shows a page at
 * {@code /} that tries it.
 */
public final class EchoServer {

    private static final int MARGIN_BYTES = 4 * 1024 * 1024; // above what makes a client wait

    private static final String PAGE_FOLDER = "io/parley/cli/echo/page";

    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private EchoServer() {}

    /**
     * Makes an echo server, not started yet.
     *
     * <p>Pages of every origin may connect, and the first subprotocol that a client offers is taken. A client that does
     * not read is not read from. A path with {@code ?close=4001&reason=bye} closes as soon as it is open.
     *
     * @param http where to listen; gets the page's files
     * @param connection the limits of a connection; what may wait to be sent follows from {@code maxMessageBytes}
     */
    public static HttpServer of(HttpServer.Builder http, ConnectionOptions connection) {
        WebSocketUpgrade upgrade = new WebSocketUpgrade(
                List.of("*"),
                HttpHeaders.empty(),
                requireNonNull(connection, "connection").toBuilder()
                        .maxBufferedBytes(bufferFor(connection.maxMessageBytes()))
                        .build());
        HttpServer server = http.files(page()).build().mountUpgrades("/", new EchoHandler(upgrade));
        SocketIoEcho.attach(server, connection.maxMessageBytes(), bufferFor(connection.maxMessageBytes()));
        return server;
    }

    /** The last message that is taken while little waits may be as long as all before it. */
    private static int bufferFor(int maxMessageBytes) {
        return (int) Math.min(Integer.MAX_VALUE, 2L * maxMessageBytes + MARGIN_BYTES);
    }

    private static StaticFiles page() {
        return StaticFiles.fromClassPath(PAGE_FOLDER)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
    }
}
