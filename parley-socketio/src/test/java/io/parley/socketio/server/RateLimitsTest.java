package io.parley.socketio.server;

import static io.parley.socketio.server.RateLimitCause.BYTES;
import static io.parley.socketio.server.RateLimitCause.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many events a client may send. The clock is the event loop's. */
class RateLimitsTest {

    private static final String TOO_MANY =
            "{\"error\":{\"code\":\"rate_limited\",\"message\":\"more events than 2 a second, 3 at once (limit: events)\","
                    + "\"event\":\"say\"}}";

    private final List<String> handled = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private TestServer server(RateLimits.Builder limits) {
        TestServer server = new TestServer(options -> options.rateLimits(limits.build()));
        server.io
                .sockets()
                .onRateLimited((socket, cause) -> told.add(cause.name()))
                .onConnection(socket -> socket.onAny((event, args) -> handled.add(event)));
        return server;
    }

    private static RateLimits.Builder twoASecond() {
        return RateLimits.builder().events(2, 3);
    }

    @Test
    void givenNoLimit_whenManyEventsCome_thenAllAreHandled() {
        TestServer server = server(RateLimits.builder());
        TestClient client = server.connected();

        say(client, 1_000);

        assertThat(handled).hasSize(1_000);
        assertThat(server.io.rateLimitedCount(EVENTS)).isZero();
    }

    @Test
    void givenALimit_whenOneMoreThanTheBurstComes_thenItIsRefusedAndTheClientToldOnce() {
        TestServer server = server(twoASecond());
        TestClient client = server.connected();

        say(client, 3);
        assertThat(client.received()).isEmpty();
        say(client, 2);

        assertThat(handled).hasSize(3);
        assertThat(client.received()).containsExactly("2[\"rate_limited\"," + TOO_MANY + "]");
        assertThat(told).containsExactly("EVENTS");
        assertThat(server.io.rateLimitedCount(EVENTS)).isEqualTo(2);
        assertThat(server.io.sockets().rateLimitedCount(EVENTS)).isEqualTo(2);
    }

    @Test
    void givenAnEventThatAsksForAnAnswer_whenItIsRefused_thenTheAnswerSaysSo() {
        TestServer server = server(twoASecond());
        TestClient client = server.connected();
        say(client, 3);

        client.send("28[\"say\"]", "29[\"say\"]");

        assertThat(client.received()).containsExactly("38[" + TOO_MANY + "]", "39[" + TOO_MANY + "]");
        assertThat(handled).hasSize(3);
    }

    @Test
    void givenAClientThatWaits_whenTimePasses_thenSoManyEventsPassAgain() {
        TestServer server = server(twoASecond());
        TestClient client = server.connected();
        say(client, 3);

        server.advance(Duration.ofMillis(499));
        say(client, 1);
        assertThat(handled).hasSize(3);
        server.advance(Duration.ofMillis(1));
        say(client, 1);
        assertThat(handled).hasSize(4);

        server.advance(Duration.ofMinutes(1));
        say(client, 5);
        assertThat(handled).hasSize(7);
    }

    @Test
    void givenAClientThatWasQuiet_whenItSendsTooMuchAgain_thenItIsToldAgain() {
        TestServer server = server(twoASecond());
        TestClient client = server.connected();

        say(client, 5);
        server.advance(Duration.ofMillis(600));
        say(client, 5);
        assertThat(told).hasSize(1);
        server.advance(Duration.ofSeconds(2));
        say(client, 5);

        assertThat(told).hasSize(2);
        assertThat(client.received()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"xxxx, 4", "\u00e9\u00e9, 4", "\u20ac, 3", "\ud83d\ude00, 4"})
    void givenALimitOfBytes_whenATextIsNotAscii_thenItsBytesInUtf8Count(String text, int bytes) {
        TestServer server = server(RateLimits.builder().bytes(1, 11 + bytes));
        TestClient client = server.connected();

        client.send("2[\"say\",\"" + text + "\"]"); // takes all there is
        say(client, 1);

        assertThat(handled).hasSize(1);
        server.advance(Duration.ofSeconds(1));
        say(client, 1);
        assertThat(handled).hasSize(2);
    }

    @Test
    void givenALimitOfBytes_whenThereIsNoneLeft_thenTheNextEventIsRefused() {
        TestServer server = server(RateLimits.builder().bytes(10, 20));
        TestClient client = server.connected();

        client.send("2[\"say\",\"" + "x".repeat(100) + "\"]"); // takes more than there is, and pays it back
        say(client, 1);
        server.advance(Duration.ofSeconds(9));
        say(client, 1);
        assertThat(handled).hasSize(1);
        server.advance(Duration.ofSeconds(1));
        say(client, 1);

        assertThat(handled).hasSize(2);
        assertThat(server.io.rateLimitedCount(BYTES)).isEqualTo(2);
        assertThat(client.received())
                .containsExactly("2[\"rate_limited\",{\"error\":{\"code\":\"rate_limited\",\"message\":\"more bytes of"
                        + " events than 10 a second, 20 at once (limit: bytes)\",\"event\":\"say\"}}]");
    }

    @Test
    void givenAttachments_whenBytesAreCounted_thenTheirsAreAmongThem() {
        TestServer server = server(RateLimits.builder().bytes(10, 60));
        TestClient client = server.connected();

        client.send("51-[\"say\",{\"_placeholder\":true,\"num\":0}]").sendBinary(new byte[100]);
        say(client, 1);

        assertThat(handled).hasSize(1);
        assertThat(server.io.rateLimitedCount(BYTES)).isEqualTo(1);
    }

    @Test
    void givenDelay_whenMoreThanTheBurstComes_thenItIsHandledAndReadingPauses() {
        TestServer server = server(twoASecond().action(RateLimitAction.DELAY));
        TestClient client = server.connected();

        say(client, 3);
        assertThat(client.isPaused()).isFalse();
        say(client, 1);

        assertThat(handled).hasSize(4);
        assertThat(client.isPaused()).isTrue();
        assertThat(client.received()).isEmpty();
        assertThat(told).containsExactly("EVENTS");
        server.advance(Duration.ofMillis(999)); // one that is owed, and the next one
        assertThat(client.isPaused()).isTrue();
        server.advance(Duration.ofMillis(1));
        assertThat(client.isPaused()).isFalse();
    }

    @Test
    void givenAPausedClient_whenItsSocketIsPutOut_thenTheConnectionIsReadFromAgain() {
        TestServer server = server(twoASecond().action(RateLimitAction.DELAY));
        server.open("/other");
        TestClient client = server.connected();
        Socket socket = server.last();
        client.join("/other");
        say(client, 4);
        assertThat(client.isPaused()).isTrue();

        socket.disconnect();
        server.run();

        assertThat(client.isPaused()).isFalse();
        server.advance(Duration.ofMinutes(1));
        assertThat(client.isPaused()).isFalse();
    }

    @Test
    void givenTwoReasonsToPause_whenOneIsOver_thenReadingStaysPaused() {
        List<Runnable> handlers = new ArrayList<>();
        TestServer server = new TestServer(options -> options.handlerExecutor(handlers::add)
                .maxWaitingEvents(3)
                .rateLimits(twoASecond().action(RateLimitAction.DELAY).build()));
        TestClient client = server.client().send("0");
        say(client, 4);

        server.advance(Duration.ofSeconds(1));
        assertThat(client.isPaused()).isTrue();
        while (!handlers.isEmpty()) {
            handlers.remove(0).run();
        }
        server.run();

        assertThat(client.isPaused()).isFalse();
    }

    @Test
    void givenDisconnect_whenMoreThanTheBurstComes_thenTheConnectionIsClosedForThatReason() {
        TestServer server = server(twoASecond().action(RateLimitAction.DISCONNECT));
        TestClient client = server.connected();
        server.last().onDisconnect((reason, details) -> told.add(reason.text() + ": " + details.description()));

        say(client, 3);
        assertThat(client.isClosed()).isFalse();
        say(client, 2);

        assertThat(client.isClosed()).isTrue();
        assertThat(handled).hasSize(3);
        assertThat(told)
                .containsExactly(
                        "EVENTS", "rate limit exceeded: more events than 2 a second, 3 at once (limit: events)");
        assertThat(server.io.rateLimitedCount(EVENTS)).isEqualTo(1);
    }

    @Test
    void givenSeveralClients_whenOneSendsTooMuch_thenTheOthersAreNotTouched() {
        TestServer server = server(twoASecond());
        TestClient noisy = server.connected();
        TestClient other = server.connected();

        say(noisy, 10);
        say(other, 3);

        assertThat(handled).hasSize(6);
        assertThat(other.received()).isEmpty();
    }

    @Test
    void givenANamespaceWithLimitsOfItsOwn_whenTooMuchComes_thenTheOtherIsNotTouched() {
        TestServer server = new TestServer();
        server.io
                .of(Pattern.compile("/game-.+"))
                .rateLimits(RateLimits.builder().events(1, 1).build());
        server.io.onConnection(socket -> socket.onAny((event, args) -> handled.add(event)));
        TestClient client = server.connected().join("/game-1");

        client.send("2/game-1,[\"a\"]", "2/game-1,[\"a\"]", "2[\"b\"]", "2[\"b\"]");

        assertThat(handled).containsExactly("b", "b");
        assertThat(client.received()).hasSize(1).first().asString().startsWith("2/game-1,[\"rate_limited\"");
        assertThat(server.io.of("/game-1").rateLimitedCount(EVENTS)).isEqualTo(1);
        assertThat(server.io.rateLimitedCount(EVENTS)).isEqualTo(1);
    }

    @Test
    void givenAcknowledgementsFromTheClient_whenTheyCome_thenTheyDoNotCount() {
        TestServer server = server(twoASecond());
        TestClient client = server.connected();

        for (int i = 0; i < 10; i++) {
            client.send("3" + i + "[]");
        }
        say(client, 3);

        assertThat(handled).hasSize(3);
    }

    @Test
    void givenLimits_whenBuilt_thenTheyAreChecked() {
        assertThat(SocketIoOptions.defaults().rateLimits()).isSameAs(RateLimits.none());
        assertThat(RateLimits.none().events()).isEmpty();
        assertThat(RateLimits.none().bytes()).isEmpty();
        assertThat(RateLimits.none().action()).isEqualTo(RateLimitAction.REFUSE);
        assertThatThrownBy(() -> RateLimits.builder().events(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate: 0 a second, burst: 1 (expected: 1 or more each)");
    }

    private static void say(TestClient client, int times) {
        for (int i = 0; i < times; i++) {
            client.send("2[\"say\"]");
        }
    }
}
