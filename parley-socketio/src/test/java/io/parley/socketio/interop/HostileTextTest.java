package io.parley.socketio.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.server.EngineObserver;
import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What breaks the rules, on each level from HTTP up: the application gets to see how it begins, and nothing of it is in
 * the log above debug.
 */
class HostileTextTest {

    private static final String MARK = "hostile";

    /** Not a byte of a line feed or an escape sequence reaches who is told. */
    private static final String TEXT = MARK + "\n\u001b[31m";

    private static final String SHOWN = MARK + "\\u000a\\u001b[31m";
    private static final String SHOWN_BYTES = MARK + "\\x0a\\x1b[31m";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private QuietLog quiet;
    private ScenarioServer server;

    @BeforeEach
    void start() {
        quiet = new QuietLog();
        server = ScenarioServer.start(SocketIoOptions.builder()
                .engine(engine -> engine.allowEIO3(true))
                .build());
        listen(server);
        server.http().mount("/fails", exchange -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
    }

    private void listen(ScenarioServer to) {
        to.io().onBadPacket((connection, cause) -> told.add(String.valueOf(cause.getMessage())));
        to.io()
                .engine()
                .onConnectionError(
                        error -> told.add(String.valueOf(error.context().get("error"))));
        to.io().engine().observe(new EngineObserver() {
            @Override
            public void onClose(EngineSocket socket, DisconnectReason reason, String description) {
                told.add(description);
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
        quiet.expectNothingOf(MARK);
        quiet.close();
    }

    private void expectTold(String shown) {
        Deadline.await("told of " + shown, () -> told.stream().anyMatch(said -> said.contains(shown)));
        assertThat(told).noneMatch(said -> said.contains("\n") || said.contains("\u001b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostile",
                "hostile /hostile HTTP/hostile",
                "GET /ho\u0001stile HTTP/1.1",
                "GET /fails/hostile?hostile HTTP/1.1",
                "GET /hostile HTTP/1.1\r\nhostile",
                "GET /hostile HTTP/1.1\r\nhostile : hostile",
                "POST /fails/hostile HTTP/1.1\r\nContent-Length: hostile",
                "POST /fails/hostile HTTP/1.1\r\nTransfer-Encoding: hostile",
                "POST /fails/hostile HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nhostile",
                "hostile /socket.io/?EIO=4&transport=polling HTTP/1.1",
                "GET /socket.io/?EIO=hostile&transport=polling HTTP/1.1",
                "GET /socket.io/?EIO=4&transport=hostile HTTP/1.1",
                "GET /socket.io/?EIO=4&transport=polling&sid=hostile HTTP/1.1",
                "GET /socket.io/?EIO=3&transport=polling&j=hostile&b64=hostile HTTP/1.1",
                "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nOrigin: http://hostile.example",
                "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nOrigin: hostile\u0080",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: hostile\r\nConnection: upgrade",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade"
                        + "\r\nSec-WebSocket-Version: hostile\r\nSec-WebSocket-Key: hostile",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade"
                        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: hostile"
            })
    void givenARequest_whenItIsHostile_thenNothingOfItIsInTheLog(String head) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send((head + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));

            assertThat(peer.readResponse()).startsWith("HTTP/1.1 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "b", "4", "42[\"a\",", "45", "42/"})
    void givenAPacketOverWebSocket_whenItIsHostile_thenTheApplicationSeesHowItBegins(String beginning) {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.send(beginning + TEXT);

            visitor.expectClosed();
        }
        expectTold(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "b", "4", "42[\"a\","})
    void givenAPacketOverPolling_whenItIsHostile_thenTheApplicationSeesHowItBegins(String beginning) {
        PollingVisitor.connect(server.port()).post(beginning + TEXT);

        expectTold(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "b", "4", "2", "0"})
    void givenAPacketOfAProbe_whenItIsHostile_thenTheApplicationSeesHowItBeginsAndPollingGoesOn(String beginning) {
        PollingVisitor session = PollingVisitor.connect(server.port());
        try (RawWebSocket probe = RawWebSocket.open(server.port(), session.upgradeTarget())) {
            probe.sendText(beginning + TEXT);

            assertThat(probe.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
        }
        expectTold(SHOWN);
        session.post("42[\"echo\",\"still here\"]");
        assertThat(session.poll()).contains("42[\"echo\",\"still here\"]");
    }

    @Test
    void givenAFrameOfAProbe_whenItsHeaderIsWrong_thenTheApplicationSeesHowItBegins() {
        PollingVisitor session = PollingVisitor.connect(server.port());
        try (RawWebSocket probe = RawWebSocket.open(server.port(), session.upgradeTarget())) {
            probe.sendUnmasked(0x80 | RawWebSocket.TEXT, TEXT.getBytes(ISO_8859_1));

            assertThat(probe.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
        }
        expectTold(SHOWN_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 9:, " + MARK, "text/plain, '', " + MARK, "application/octet-stream, \u0007, " + MARK})
    void givenAPayloadOfProtocol3_whenItIsHostile_thenTheApplicationSeesHowItBegins(
            String type, String beginning, String shown) {
        String target = "/socket.io/?EIO=3&transport=polling";
        String sid = exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");

        exchange("POST " + target + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + (beginning + TEXT).length() + "\r\n\r\n" + beginning + TEXT);

        expectTold(shown);
    }

    private String exchange(String request) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            return peer.send(request.getBytes(ISO_8859_1)).readResponse();
        }
    }

    @Test
    void givenAFrame_whenItsTextIsNotUtf8_thenTheApplicationSeesHowItBegins() {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.socket().send(0x80 | RawWebSocket.TEXT, (TEXT + "\u00ff").getBytes(ISO_8859_1));

            assertThat(visitor.expectClosed().closeReason()).doesNotContain(MARK);
        }
        expectTold(SHOWN_BYTES);
    }

    @Test
    void givenAFrame_whenItsHeaderIsWrong_thenTheApplicationSeesHowItBegins() {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.socket().sendUnmasked(0x80 | RawWebSocket.TEXT, TEXT.getBytes(ISO_8859_1));

            assertThat(visitor.expectClosed().closeReason()).doesNotContain(MARK);
        }
        expectTold(SHOWN_BYTES);
    }

    @Test
    void givenABinaryMessageThatNothingAnnounced_whenItComes_thenTheApplicationSeesHowItBegins() {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.socket().sendBinary(TEXT.getBytes(ISO_8859_1));

            visitor.expectClosed();
        }
        expectTold(SHOWN_BYTES);
    }

    @Test
    void givenMessagePack_whenItIsHostile_thenTheApplicationSeesHowItBegins() {
        try (ScenarioServer packed = ScenarioServer.startImpatient(MessagePackParser::new);
                Visitor visitor = Visitor.open(packed.port())) {
            listen(packed);
            visitor.socket().sendBinary(TEXT.getBytes(ISO_8859_1));

            visitor.expectClosed();
            expectTold(SHOWN_BYTES);
        }
    }
}
