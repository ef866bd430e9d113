package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.load.Messages.Answer;
import io.parley.testkit.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that does something else than it should is an error, and never a fast result. */
class LiarsTest {

    private static final Duration SOON = Duration.ofMillis(150);
    private static final Flow TEXTS = Flow.echo(Messages.text(16), 2);
    private static final Flow EVENTS = Flow.echo(Messages.event("echo", 16), 2);
    private static final Flow ASKED = Flow.echo(Messages.event("ask", 16).acknowledged(Answer.SAME), 1);

    /** The first message of its kind: number and content are known. */
    private static final String PAYLOAD = payload();

    private static String payload() {
        return new String(new Payloads(16).payload(0), US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "500 Internal Server Error | WebSocket handshake answered with 'HTTP/1.1 500 Internal Server Error\\x0d\\x0aContent-Length: 2\\x0d\\x0a\\x0d\\x0a' (expected: HTTP/1.1 101)",
                "101 Switching Protocols | WebSocket handshake with Sec-WebSocket-Accept '' (expected: '"
            })
    void givenAWrongHandshake_whenConnected_thenItFails(String status, String message) {
        expectConnect(
                "ws",
                peer -> {
                    peer.readUntil("\r\n\r\n");
                    peer.send(Liar.http(status, "no"));
                },
                message);
    }

    @Test
    void givenNobody_whenConnected_thenItFails() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Load load = new Load(Target.of("ws://127.0.0.1:" + port))) {
            assertThatThrownBy(() -> load.connect(1))
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith("Connection 1: cannot connect to ws://127.0.0.1:" + port + ": ");
        }
    }

    @Test
    void givenAServerThatNeverAnswers_whenConnected_thenItFails() {
        expectConnect("ws", peer -> {}, "not connected after 150 ms (expected: connected)");
    }

    @Test
    void givenAServerThatHangsUp_whenConnected_thenItFails() {
        expectConnect(
                "ws",
                peer -> {
                    peer.readUntil("\r\n\r\n");
                    peer.close();
                },
                "The server ended the connection in the WebSocket handshake (expected: it stays open)");
    }

    @Test
    void givenANamespaceThatRefuses_whenConnected_thenItFails() {
        expectConnect(
                "http",
                peer -> {
                    Liar.accept(peer).send(Liar.text(Liar.OPEN));
                    peer.send(Liar.text("44{\"message\":\"who are you\"}"));
                },
                "CONNECT of namespace / refused: '{\"message\":\"who are you\"}' (expected: it is accepted)");
    }

    @Test
    void givenNoOpenPacket_whenConnected_thenItFails() {
        expectConnect(
                "http",
                peer -> Liar.accept(peer).send(Liar.text("hello")),
                "The server sent the packet 'hello' (expected: Engine.IO's OPEN, PING, MESSAGE or NOOP)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "short | The server sent a text message of 5 bytes, 'short' (expected: a text message of 16 bytes)",
                "sixteen letters. | The server sent the payload 'sixteen letters.' (expected: one that was sent to it)",
                "00000000sixteen. | The server sent the payload '00000000sixteen.' (expected: one that was sent to it)",
                "00000001sixteen. | The server sent the payload '00000001sixteen.' (expected: one that was sent to it)"
            })
    void givenAnotherMessage_whenExchanged_thenItFails(String answer, String message) {
        expectFlow("ws", TEXTS, peer -> answer(Liar.accept(peer), answer), message);
    }

    @Test
    void givenTheSameMessageTwice_whenExchanged_thenItFails() {
        expectFlow(
                "ws",
                TEXTS,
                peer -> {
                    Liar.accept(peer);
                    peer.send(Liar.text(Liar.read(peer)));
                    peer.send(Liar.text(PAYLOAD));
                },
                "The server sent message 0 again, or before it got it (expected: each as often as it should come)");
    }

    @Test
    void givenACloseFrame_whenExchanged_thenItFails() {
        expectFlow(
                "ws",
                TEXTS,
                peer -> Liar.accept(peer).sendHex("8805 03f3 627965"),
                "The server closed the WebSocket with code 1011 and reason 'bye' (expected: it stays open)");
    }

    @Test
    void givenAServerThatHangsUp_whenExchanged_thenItFails() {
        expectFlow(
                "ws",
                TEXTS,
                peer -> {
                    Liar.accept(peer);
                    Liar.read(peer);
                    peer.endOutput();
                },
                "The server ended the connection (expected: it stays open)");
    }

    @Test
    void givenAnswersThatDoNotCome_whenExchanged_thenItSaysHowManyAreMissing() {
        try (Liar liar = new Liar(Liar::accept);
                Load load = new Load(liar.target("ws").stallTimeout(SOON).build())) {
            load.connect(1);
            load.start(TEXTS);

            assertThatThrownBy(load::finish)
                    .isInstanceOf(LoadException.class)
                    .hasMessage("Nothing came for 150 ms: 2 answers are missing (expected: all of them)");
            assertThat(load.figures().operations()).isZero();
        }
    }

    @Test
    void givenDeliveriesThatDoNotCome_whenBroadcast_thenItSaysHowManyAreMissing() {
        try (Liar liar = new Liar(Liar::accept);
                Load load = new Load(liar.target("ws").stallTimeout(SOON).build())) {
            load.connect(3);

            assertThatThrownBy(() -> load.start(Flow.broadcast(Messages.text(16), 1, 1)))
                    .isInstanceOf(LoadException.class)
                    .hasMessage("Nothing came for 150 ms: 3 deliveries of the first messages are missing"
                            + " (expected: all of them)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "42[\"other\",1] | The server sent the packet '42[\"other\",1]' (expected: 42[\"echo\",\"...\"] with a payload of 16 bytes)",
                "42[\"echo\",\"short\"] | The server sent the packet '42[\"echo\",\"short\"]' (expected: 42[\"echo\",\"...\"] with a payload of 16 bytes)",
                "41 | The server sent the packet '41' (expected: events)",
                "1 | The server sent the packet '1' (expected: Engine.IO's OPEN, PING, MESSAGE or NOOP)"
            })
    void givenAnotherPacket_whenExchanged_thenItFails(String answer, String message) {
        expectFlow("http", EVENTS, peer -> answer(Liar.acceptSocketIo(peer), answer), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "431[\"x\"]  | The server sent the packet '431[\"x\"]' (expected: 43<id>[...])",
                "430048576[\"00000000abcdefgh\"] | The server acknowledged an id that was not sent (expected: 7 digits from 1048576 on)",
                "431048576[\"short\"] | The server sent the packet '431048576[\"short\"]' (expected: 43<id>[\"...\"] with the arguments of the event)",
                "431048577[\"00000000abcdefgh\"] | The server sent the payload '00000000abcdefgh' (expected: one that was sent to it)"
            })
    void givenAnotherAcknowledgement_whenAsked_thenItFails(String answer, String message) {
        expectFlow("http", ASKED, peer -> answer(Liar.acceptSocketIo(peer), answer), message);
    }

    @Test
    void givenOtherEventsThatAreIgnored_whenExchanged_thenTheyAreCounted() {
        Consumer<RawPeer> chatty = peer -> {
            Liar.acceptSocketIo(peer);
            while (true) {
                String event = Liar.read(peer);
                peer.send(Liar.text("42[\"news\",1]")).send(Liar.text(event));
            }
        };
        try (Liar liar = new Liar(chatty);
                Load load = new Load(liar.target("http").ignoreOthers(true).build())) {
            load.connect(1);
            load.start(Flow.once(Messages.event("echo", 16)));
            load.finish();

            assertThat(load.figures().operations()).isEqualTo(1);
            assertThat(load.figures().others()).isEqualTo(1);
        }
    }

    @Test
    void givenPollingThatFails_whenConnected_thenItFails() {
        expectConnect(
                polling(Wire.SOCKETIO_POLLING),
                peer -> {
                    peer.readUntil("\r\n\r\n");
                    peer.send(Liar.http("500 Internal Server Error", "no"));
                },
                "Polling answered with 'HTTP/1.1 500 Internal Server Error' and 'no' (expected: HTTP/1.1 200)");
    }

    @Test
    void givenAPostThatIsNotOk_whenConnected_thenItFails() {
        expectConnect(
                polling(Wire.SOCKETIO_POLLING),
                peer -> {
                    boolean posted = peer.readUntil("\r\n\r\n").startsWith("POST");
                    peer.send(Liar.http("200 OK", posted ? "taken" : Liar.OPEN));
                },
                "The server answered a POST with 'taken' (expected: 'ok')");
    }

    @Test
    void givenNoUpgrade_whenConnected_thenItFails() {
        String open = Liar.OPEN.replace("\"websocket\"", "");
        expectConnect(
                polling(Wire.SOCKETIO_UPGRADE),
                peer -> {
                    peer.readUntil("\r\n\r\n");
                    peer.send(Liar.http("200 OK", open));
                },
                "The server sent the packet '" + open.substring(0, 64) + "'... (" + open.length()
                        + " bytes) (expected: an upgrade to websocket)");
    }

    @Test
    void givenAProbeThatIsAnsweredWrongly_whenConnected_thenItFails() {
        expectConnect(
                polling(Wire.SOCKETIO_UPGRADE),
                LiarsTest::answerProbeWrongly,
                "The server answered the probe with '3prob' (expected: '3probe')");
    }

    private static void answerProbeWrongly(RawPeer peer) {
        String request = peer.readUntil("\r\n\r\n");
        if (request.contains("transport=websocket")) {
            peer.send(Liar.upgrade(request)).send(Liar.text("3prob"));
        } else if (request.startsWith("POST")) {
            peer.send(Liar.http("200 OK", "ok"));
        } else {
            peer.send(Liar.http("200 OK", Liar.OPEN));
        }
    }

    /** Answers the first message: what comes before it is not looked at. */
    private static void answer(RawPeer peer, String answer) {
        Liar.read(peer);
        peer.send(Liar.text(answer));
    }

    private static UnaryOperator<Target.Builder> polling(Wire wire) {
        return target -> target.wire(wire);
    }

    private static void expectConnect(String scheme, Consumer<RawPeer> server, String message) {
        expect(scheme, target -> target, null, server, message);
    }

    private static void expectConnect(UnaryOperator<Target.Builder> change, Consumer<RawPeer> server, String message) {
        expect("http", change, null, server, message);
    }

    private static void expectFlow(String scheme, Flow flow, Consumer<RawPeer> server, String message) {
        expect(scheme, target -> target, flow, server, message);
    }

    /** Connects one client, and has it do something; either must fail. */
    private static void expect(
            String scheme, UnaryOperator<Target.Builder> change, Flow flow, Consumer<RawPeer> server, String message) {
        Duration patience = message.contains("150 ms") ? SOON : Duration.ofSeconds(20);
        try (Liar liar = new Liar(server);
                Load load = new Load(change.apply(liar.target(scheme))
                        .connectTimeout(patience)
                        .build())) {
            assertThatThrownBy(() -> {
                        load.connect(1);
                        load.start(flow);
                        load.finish();
                    })
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith("Connection 1: " + message);
        }
    }
}
