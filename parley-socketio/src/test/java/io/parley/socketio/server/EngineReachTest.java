package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.server.CookieOptions;
import io.parley.testkit.RawPeer;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.server.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Engine.IO can do is within reach of a Socket.IO server. */
class EngineReachTest {

    private static final String POLLING = "?EIO=4&transport=polling";

    private final HttpServer http =
            HttpServer.builder().host("127.0.0.1").port(0).build();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void givenOptionsOfTheEngine_whenASessionBegins_thenTheyHold() {
        SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .engine(engine -> engine.addTrailingSlash(false).cookie(CookieOptions.defaults()))
                        .build());
        http.start();

        assertThat(get("/socket.io" + POLLING)).startsWith("HTTP/1.1 200 ").contains("Set-Cookie: io=");
        assertThat(get("/socket.io/" + POLLING)).startsWith("HTTP/1.1 200 ");
        assertThat(get("/socket.io/socket.io.min.js")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void givenTheDefaults_whenAskedWithoutTheSlash_thenItIsNotTheEngines() {
        SocketIoServer.attach(http);
        http.start();

        assertThat(get("/socket.io" + POLLING)).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void givenAMiddleware_whenRequestsCome_thenTheClientsFilesDoNotPassIt() {
        SocketIoServer io = SocketIoServer.attach(http);
        List<String> passed = new CopyOnWriteArrayList<>();
        io.engine().use(step -> {
            passed.add(step.request().path());
            step.respond(HttpResponse.of(429));
        });
        http.start();

        assertThat(get("/socket.io/socket.io.min.js")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/socket.io/" + POLLING)).startsWith("HTTP/1.1 429 ");
        assertThat(passed).containsExactly("/socket.io/");
    }

    private String get(String target) {
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return peer.readResponse();
        }
    }
}
