package io.parley.websocket.interop;

import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions;
import io.parley.websocket.server.WebSocketOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Our server with an endpoint that echoes, closes when it is told to, and remembers how its clients closed. */
final class EchoEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<String> closes = new LinkedBlockingQueue<>();

    private EchoEndpoint(HttpServer.Builder builder, ConnectionOptions connection) {
        WebSocketOptions options = WebSocketOptions.builder()
                .subprotocols("v1")
                .allowedOrigins("*")
                .connection(connection)
                .build();
        server = builder.eventLoops(1).build();
        server.webSocket("/echo", options, socket -> {
            socket.onText(socket::send);
            socket.onBinary(socket::send);
            socket.onClose((code, reason) -> closes.add((code + " " + reason).strip()));
        });
        server.webSocket(
                "/close",
                options,
                socket -> socket.onText(text -> {
                    String[] codeAndReason = text.split(" ", 2);
                    socket.close(Integer.parseInt(codeAndReason[0]), codeAndReason[1]);
                }));
        server.handle(
                "GET",
                "/page",
                exchange -> exchange.respond(io.parley.websocket.server.HttpResponse.of(
                        200, "text/html; charset=UTF-8", "<!doctype html><title>Interop</title>")));
        server.start();
    }

    static EchoEndpoint start(ConnectionOptions connection, @Nullable TlsOptions tls) {
        HttpServer.Builder builder = HttpServer.builder();
        return new EchoEndpoint(tls == null ? builder : builder.tls(tls), connection);
    }

    int port() {
        return server.port();
    }

    /** Code and reason of the next client of /echo that is gone. */
    String nextClose() {
        try {
            String close = closes.poll(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (close == null) {
                throw new AssertionError("No socket was closed within " + Deadline.LIMIT);
            }
            return close;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
