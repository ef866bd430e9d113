package io.parley.webtransport;

import static io.parley.engineio.TransportType.POLLING;
import static io.parley.engineio.TransportType.WEBSOCKET;
import static io.parley.engineio.TransportType.WEBTRANSPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.GuideCode;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows, running; and that the guide shows just that. */
@ExtendWith(NeedsQuic.class)
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/webtransport.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/webtransport/GuideTest.java");

    private final int port = 0;

    @TempDir
    Path folder;

    @Test
    void givenTheSmallestServer_whenAClientConnects_thenItIsServed() throws Exception {
        TlsOptions tls = TestCertificate.make().writeTo(folder);
        HttpServer started = null;
        for (int left = 20; started == null; left--) {
            try {
                started = serve(tls);
            } catch (UncheckedIOException taken) { // the number is free for TCP and not for UDP
                assertThat(left).isPositive();
            }
        }

        try (RawClient client = RawClient.connect(started.port())) {
            RawClient.Request request = client.connect("/socket.io/?EIO=4&transport=webtransport");
            assertThat(request.status()).isEqualTo("200");
            RawClient.Stream stream = client.stream(request.id());
            stream.send("0");
            stream.awaitText("maxPayload");
        }
        started.close();
    }

    private HttpServer serve(TlsOptions tls) {
        var http = HttpServer.builder().port(port).tls(tls).build();
        var io = SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .engine(engine -> engine.transports(POLLING, WEBSOCKET, WEBTRANSPORT))
                        .build());
        http.start();

        var webTransport = WebTransportServer.builder()
                .port(http.port())
                .tls(tls)
                .build()
                .mount("/socket.io/", io.engine())
                .start();
        http.onClosing(webTransport::close);
        return http;
    }

    @Test
    void givenTheGuide_whenItsJavaIsLookedUp_thenItIsWhatRunsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).isNotEmpty();
    }
}
