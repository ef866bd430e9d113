package io.parley.webtransport;

import static io.parley.engineio.TransportType.POLLING;
import static io.parley.engineio.TransportType.WEBSOCKET;
import static io.parley.engineio.TransportType.WEBTRANSPORT;

import io.parley.engineio.server.EngineOptions;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.server.HttpServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A page with the official client, a Socket.IO server, and WebTransport for it under the same port number. */
final class Site implements AutoCloseable {

    private static final int TRIES = 20;

    final SocketIoServer io;
    final HttpServer http;
    final WebTransportServer webTransport;
    private final TestCertificate certificate;

    private Site(SocketIoServer io, HttpServer http, WebTransportServer webTransport, TestCertificate certificate) {
        this.io = io;
        this.http = http;
        this.webTransport = webTransport;
        this.certificate = certificate;
    }

    static Site start(Path folder) {
        return start(folder, engine -> {}, builder -> {});
    }

    static Site start(
            Path folder, Consumer<EngineOptions.Builder> engine, Consumer<WebTransportServer.Builder> webTransport) {
        TestCertificate certificate = TestCertificate.make();
        for (int left = TRIES; ; left--) {
            SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder()
                    .engine(options -> engine.accept(options.transports(POLLING, WEBSOCKET, WEBTRANSPORT)))
                    .build());
            HttpServer http = HttpServer.builder().eventLoops(2).build();
            http.mount("/socket.io/", io);
            http.handle("GET", "/", exchange -> exchange.respond(page(certificate)));
            http.start();
            WebTransportServer.Builder builder =
                    WebTransportServer.builder().port(http.port()).tls(certificate.writeTo(folder));
            webTransport.accept(builder);
            try {
                WebTransportServer server =
                        builder.build().mount("/socket.io/", io.engine()).start();
                return new Site(io, http, server, certificate);
            } catch (UncheckedIOException taken) { // the number is free for TCP and not for UDP
                http.close();
                if (left == 0) {
                    throw taken;
                }
            }
        }
    }

    private static HttpResponse page(TestCertificate certificate) {
        return HttpResponse.of(200, "text/html; charset=utf-8", """
                <!doctype html>
                <title>WebTransport</title>
                <script src="/socket.io/socket.io.js"></script>
                <script>
                  const hash = Uint8Array.from("%s".match(/../g), (digits) => parseInt(digits, 16));
                  const serverCertificateHashes = [{ algorithm: "sha-256", value: hash }];
                  const transportOptions = { webtransport: { serverCertificateHashes } };
                </script>
                """.formatted(certificate.hash()));
    }

    String url() {
        return "http://127.0.0.1:" + http.port() + "/";
    }

    int port() {
        return webTransport.port();
    }

    TestCertificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        io.close();
        webTransport.close();
        http.close();
    }
}
