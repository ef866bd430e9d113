package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature table, section 1.1: {@code path}, {@code addTrailingSlash}, {@code destroyUpgrade} and {@code listen}. */
class AttachTest {

    private static final String QUERY = "?EIO=4&transport=polling";

    @ParameterizedTest(name = "addTrailingSlash {0}: {1} is answered with {2}")
    @CsvSource({
        "true,/engine.io/,200",
        "true,/engine.io/any/thing,200",
        "true,/engine.io,501",
        "true,/other/,501",
        "false,/engine.io,200",
        "false,/engine.io/,200",
        "false,/engine.ioandmore,200",
        "false,/other,501"
    })
    void givenAPath_whenOthersAreAskedFor_thenThoseThatBeginWithItAreServed(boolean slash, String path, int status) {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        EngineServer.listen(
                http,
                EngineOptions.builder().addTrailingSlash(slash).build(),
                socket -> new RecordingListener(new ArrayList<>()));
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send("GET " + path + QUERY + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(peer.readResponse()).startsWith("HTTP/1.1 " + status + " ");
        } finally {
            http.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"/chat,/chat/", "/chat/,/chat/", "/,/"})
    void givenAnotherPath_whenAttached_thenASlashEndsIt(String path, String mounted) {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        List<String> events = new ArrayList<>();
        EngineServer.attach(http, path, EngineOptions.defaults(), socket -> new RecordingListener(events));
        http.start();
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send("GET " + mounted + QUERY + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ");
        } finally {
            http.close();
        }
    }

    @Test
    void givenAnUpgradeForAnotherPath_whenNobodyServesIt_thenItIsAnsweredAtOnce() {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        EngineServer.attach(http, EngineOptions.defaults(), socket -> new RecordingListener(new ArrayList<>()));
        http.start();
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send(RawWebSocket.request(http.port(), "/elsewhere"));

            assertThat(peer.readResponse()).startsWith("HTTP/1.1 404 ");
        } finally {
            http.close();
        }
    }
}
