package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.server.CookieOptions;
import io.parley.engineio.server.CorsOptions;
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

    @Test
    void givenCors_whenAFileOfTheClientIsPreflighted_thenItIsAnsweredAsAnyPreflight() {
        SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .engine(engine -> engine.cors(CorsOptions.origins("https://a.example")))
                        .build());
        http.start();

        String answer = request("OPTIONS /socket.io/socket.io.js", "Origin: https://a.example\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 204 ")
                .contains("Access-Control-Allow-Origin: https://a.example\r\n")
                .contains("Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE\r\n");
    }

    @Test
    void givenNoCors_whenAFileOfTheClientIsAskedForWithOptions_thenItIsServed() {
        SocketIoServer.attach(http);
        http.start();

        assertThat(request("OPTIONS /socket.io/socket.io.js", "")).startsWith("HTTP/1.1 200 ");
    }

    private String get(String target) {
        return request("GET " + target, "");
    }

    private String request(String line, String fields) {
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send(line + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
            return peer.readResponse();
        }
    }
}
