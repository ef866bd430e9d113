package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.server.HttpServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guide to Engine.IO shows, running; and that the guide shows just that. */
class EngineGuideTest {

    private static final Path GUIDE = Path.of("../docs/engineio.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/engineio/server/EngineGuideTest.java");
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";

    private final HttpServer http =
            HttpServer.builder().host("127.0.0.1").port(0).build();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSizeGreaterThan(5);
    }

    private static EngineListener echo(EngineSocket socket) {
        return new EngineListener() {
            @Override
            public void onText(String text) {
                socket.send(EncodedPacket.text(text));
            }

            @Override
            public void onBinary(ByteBuffer bytes) {
                socket.send(EncodedPacket.binary(bytes));
            }

            @Override
            public void onClose(DisconnectReason reason, String description) {}
        };
    }

    @Test
    void givenTheFirstExample_whenItRuns_thenItEchoes() {
        EngineServer engine = EngineServer.attach(http, EngineOptions.defaults(), socket -> new EngineListener() {
            @Override
            public void onText(String text) {
                socket.send(EncodedPacket.text(text));
            }

            @Override
            public void onBinary(ByteBuffer bytes) {
                socket.send(EncodedPacket.binary(bytes));
            }

            @Override
            public void onClose(DisconnectReason reason, String description) {
                log.add(socket.id() + " left: " + reason.text());
            }
        });
        http.start();

        try (RawWebSocket client = RawWebSocket.open(http.port(), WEBSOCKET)) {
            client.readText();
            assertThat(client.sendText("4hello").readText()).isEqualTo("4hello");
            assertThat(engine.clients()).hasSize(1);
        }
        Deadline.await("heard", () -> log.size() == 1 && log.get(0).endsWith(" left: transport close"));
    }

    @Test
    void givenTheOptions_whenASessionBegins_thenItsCookieIsSet() {
        EngineOptions options = EngineOptions.builder()
                .cookie(CookieOptions.builder().name("node").secure(true).build())
                .perMessageDeflate(
                        DeflateOptions.builder().serverNoContextTakeover(true).build())
                .httpCompression(new HttpCompression(4_096, 6))
                .initialPacket(EncodedPacket.text("welcome"))
                .build();
        EngineServer.attach(http, options, EngineGuideTest::echo);
        http.start();

        String answer = get(POLLING);

        assertThat(answer).contains("Set-Cookie: node=").contains("; Secure;").endsWith("\u001e4welcome");
    }

    @Test
    void givenTheMiddleware_whenRequestsCome_thenItDecides() {
        EngineServer engine = EngineServer.attach(http, EngineOptions.defaults(), EngineGuideTest::echo);
        engine.use(step -> {
            if (step.request().header("Authorization").isEmpty()) {
                step.respond(HttpResponse.text(401, "who are you?"));
            } else {
                step.headers().set("X-Served-By", "node-1");
                step.next();
            }
        });
        http.start();

        assertThat(get(POLLING)).startsWith("HTTP/1.1 401 ").endsWith("who are you?");
        assertThat(get(POLLING, "Authorization: me\r\n")).contains("X-Served-By: node-1");
    }

    @Test
    void givenTheListeners_whenRequestsCome_thenTheyAreTold() {
        EngineServer engine = EngineServer.attach(http, EngineOptions.defaults(), EngineGuideTest::echo);
        engine.onInitialHeaders((headers, request) -> headers.add("Set-Cookie", "seen=1"));
        engine.onHeaders((headers, request) -> headers.set("X-Served-By", "node-1"));
        engine.onConnectionError(error -> log.add(error.code() + " " + error.message() + " " + error.context()));
        http.start();

        assertThat(get(POLLING)).contains("Set-Cookie: seen=1").contains("X-Served-By: node-1");
        get(POLLING + "&sid=gone");
        Deadline.await("told", () -> log.equals(List.of("1 Session ID unknown {sid=gone}")));
    }

    @Test
    void givenAnObserver_whenPacketsCome_thenItCounts() {
        EngineServer engine = EngineServer.attach(http, EngineOptions.defaults(), EngineGuideTest::echo);
        LongAdder heartbeats = new LongAdder();
        LongAdder packetsSent = new LongAdder();
        engine.observe(new EngineObserver() {
            @Override
            public void onHeartbeat(EngineSocket socket) {
                heartbeats.increment();
            }

            @Override
            public void onFlush(EngineSocket socket, List<EncodedPacket> packets) {
                packetsSent.add(packets.size());
            }
        });
        http.start();

        try (RawWebSocket client = RawWebSocket.open(http.port(), WEBSOCKET)) {
            client.readText();
            client.sendText("3");
            Deadline.await("both", () -> heartbeats.sum() == 1 && packetsSent.sum() == 1);
        }
    }

    @Test
    void givenAPacket_whenItLeaves_thenTheFutureTells() {
        EngineServer engine = EngineServer.attach(http, EngineOptions.defaults(), EngineGuideTest::echo);
        http.start();
        try (RawWebSocket client = RawWebSocket.open(http.port(), WEBSOCKET)) {
            client.readText();
            EngineSocket socket = engine.clients().values().iterator().next();

            socket.write(EncodedPacket.text("secret").compress(false))
                    .thenRun(() -> log.add("left"))
                    .exceptionally(lost -> {
                        log.add("lost");
                        return null;
                    });

            assertThat(client.readText()).isEqualTo("4secret");
            Deadline.await("told", () -> log.equals(List.of("left")));
        }
    }

    private String get(String target, String... fields) {
        try (RawPeer peer = RawPeer.connect(http.port())) {
            peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", fields) + "\r\n");
            return peer.readResponse();
        }
    }
}
