package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, section 1.9: polling with protocol 3. */
class V3PollingTest {

    private static final EncodedPacket TEXT = EncodedPacket.text("€");
    private static final EncodedPacket BINARY = V3Engine.binary(1, 2, 255);

    private final V3Engine old =
            new V3Engine(EngineOptions.builder().maxHttpBufferSize(1_000).build());

    @Test
    void givenTexts_whenPolled_thenTheAnswerIsTextWithLengthsInCodeUnits() {
        old.connectPolling("");
        InMemoryExchange poll = old.poll();

        old.send(TEXT, EncodedPacket.text("😀"));

        assertThat(poll.responseText()).isEqualTo("2:4€3:4😀");
        assertThat(poll.response().headers())
                .hasToString("Content-Type: text/plain; charset=UTF-8\ncache-control: no-store\n");
    }

    @Test
    void givenSomethingBinary_whenPolled_thenTheWholeAnswerIsBinary() {
        old.connectPolling("");
        InMemoryExchange poll = old.poll();

        old.send(TEXT, BINARY);

        assertThat(V3Engine.hex(poll)).isEqualTo("0004ff34e282ac" + "0104ff040102ff");
        assertThat(poll.response().headers())
                .hasToString("Content-Type: application/octet-stream\ncache-control: no-store\n");
    }

    @Test
    void givenAClientThatTakesNoBinary_whenPolled_thenItIsBase64() {
        old.connectPolling("&b64=1");
        InMemoryExchange poll = old.poll();

        old.send(TEXT, BINARY);

        assertThat(poll.responseText()).isEqualTo("2:4€6:b4AQL/");
        assertThat(V3Engine.contentType(poll)).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void givenBase64InALaterQueryOnly_whenPolled_thenTheHandshakeDecides() {
        old.connectPolling("");
        InMemoryExchange poll =
                old.engine.get(V3Engine.PATH + "&transport=polling&b64=1&sid=" + old.engine.socket.id());

        old.send(BINARY);

        assertThat(V3Engine.contentType(poll)).isEqualTo("application/octet-stream");
    }

    @Test
    void givenAnEmptyB64_whenPolled_thenItAsksForNothing() {
        old.connectPolling("&b64=");
        InMemoryExchange poll = old.poll();

        old.send(BINARY);

        assertThat(V3Engine.contentType(poll)).isEqualTo("application/octet-stream");
    }

    @Test
    void givenAText_whenPosted_thenItsPacketsAreDeliveredInOrder() {
        old.connectPolling("");

        InMemoryExchange posted = old.push("2:4a6:b4AQI=3:4bc", "Content-Type", "text/plain;charset=UTF-8");

        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(V3Engine.contentType(posted)).isEqualTo("text/html");
        assertThat(old.engine.takeEvents()).containsExactly("text a", "binary 0102", "text bc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&b64=1"})
    void givenBytes_whenPosted_thenTheirPacketsAreDeliveredInOrder(String query) {
        old.connectPolling(query);

        InMemoryExchange posted = old.pushBinary("0002ff3461" + "0103ff040102" + "0002ff3462");

        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(old.engine.takeEvents()).containsExactly("text a", "binary 0102", "text b");
    }

    @Test
    void givenAPayloadWithoutPackets_whenPosted_thenItIsTaken() {
        old.connectPolling("");

        assertThat(old.push("0:").responseText()).isEqualTo("ok");
        assertThat(old.pushBinary("").responseText()).isEqualTo("ok");

        assertThat(old.engine.takeEvents()).isEmpty();
        assertThat(old.engine.server.clientsCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''      | Payload without a length (expected: 1 to 9 digits and ':' before each packet) in \"\"",
                "4a      | Payload without a length (expected: 1 to 9 digits and ':' before each packet) in \"4a\"",
                "5:4a    | Packet of 5 characters (expected: the 2 that are left, or fewer) in \"5:4a\"",
                "1:92:4a | Packet type '9' (expected: '0' to '6', or 'b') in \"9\"",
            })
    void givenABadPayload_whenPosted_thenTheSessionEndsWithOneParseError(String body, String description) {
        old.connectPolling("");

        InMemoryExchange posted = old.push(body);

        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(old.engine.takeEvents()).containsExactly("closed: parse error (" + description + ")");
    }

    @Test
    void givenAGoodPacketBeforeABadOne_whenPosted_thenItIsDelivered() {
        old.connectPolling("");

        old.push("2:4a1:92:4b");

        assertThat(old.engine.takeEvents())
                .containsExactly(
                        "text a", "closed: parse error (Packet type '9' (expected: '0' to '6', or 'b') in \"9\")");
    }

    @Test
    void givenABinaryPayloadWhoseLengthsDoNotFit_whenPosted_thenNothingOfItIsDelivered() {
        old.connectPolling("");

        old.pushBinary("0002ff3461" + "0009ff");

        assertThat(old.engine.takeEvents())
                .containsExactly("closed: parse error (Packet of 9 bytes (expected: the 0 that are left, or fewer)"
                        + " in \"\\x00\\x09\\xff\")");
    }

    @Test
    void givenABodyThatIsTooLarge_whenPosted_thenItIsRefusedAndTheSessionGoesOn() {
        old.connectPolling("");

        InMemoryExchange posted = old.push("1001:4" + "x".repeat(1_000));

        assertThat(posted.response().status()).isEqualTo(413);
        assertThat(old.engine.server.clientsCount()).isEqualTo(1);
    }

    @Test
    void givenAPollThatWaits_whenTheClientCloses_thenItIsAnsweredWithNoop() {
        old.connectPolling("");
        InMemoryExchange poll = old.poll();

        old.push("1:1");

        assertThat(poll.responseText()).isEqualTo("1:6");
        assertThat(old.engine.takeEvents()).containsExactly("closed: transport close");
    }

    @Test
    void givenMessagesThatWait_whenTheServerCloses_thenTheyLeaveBeforeTheClosePacket() {
        old.connectPolling("");
        old.send(TEXT);
        old.engine.run(old.engine.socket::close);

        assertThat(old.poll().responseText()).isEqualTo("2:4€");
        assertThat(old.poll().responseText()).isEqualTo("1:61:1");
        assertThat(old.engine.takeEvents()).containsExactly("closed: forced close");
    }

    @Test
    void givenPacketsThatWait_whenAskedHowMuch_thenItIsTheirFormThatCounts() {
        old.connectPolling("");
        old.send(TEXT, BINARY);

        assertThat(old.engine.socket.bufferedBytes()).isEqualTo(4 + 4);
    }
}
