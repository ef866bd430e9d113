package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.testkit.Deadline;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature table, section 1.1: {@code httpCompression}, {@code perMessageDeflate}, and {@code compress} per packet. */
class CompressionTest {

    private static final String LONG = "x".repeat(1_023); // with the type digit: the threshold

    private final TestEngine engine = new TestEngine();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "gzip|gzip",
                "deflate|deflate",
                "gzip, deflate, br|gzip",
                "deflate, gzip|deflate",
                "deflate;q=0.5, gzip;q=0.4|deflate",
                "*|gzip",
                "*, deflate|deflate",
                "gzip;q=0, *|deflate",
                "br|none",
                "identity|none",
                "gzip;q=0|none",
                "gzip;q=x|none",
                "none|none"
            })
    void givenAnAcceptedCoding_whenALongAnswerIsPolled_thenItIsUsed(String accepted, String coding) throws IOException {
        String sid = engine.connectPolling();
        engine.send(LONG);

        InMemoryExchange poll = accepted == null ? engine.poll(sid) : poll(sid, accepted);

        assertThat(coding(poll)).isEqualTo(coding);
        assertThat(content(poll)).isEqualTo("4" + LONG);
        assertThat(poll.response().headers().first("Content-Type")).hasValue("text/plain; charset=UTF-8");
    }

    @Test
    void givenAnAnswerBelowTheThreshold_whenPolled_thenItIsNotCompressed() {
        String sid = engine.connectPolling();
        engine.send(LONG.substring(1));

        assertThat(coding(poll(sid, "gzip"))).isNull();
    }

    @Test
    void givenPacketsThatMustNotBeCompressed_whenPolled_thenTheirAnswerIsNot() {
        String sid = engine.connectPolling();
        engine.run(() -> engine.socket.send(EncodedPacket.text(LONG).compress(false)));

        assertThat(coding(poll(sid, "gzip"))).isNull();
    }

    @Test
    void givenOnePacketThatMayBeCompressed_whenPolledWithOthers_thenTheAnswerIs() {
        String sid = engine.connectPolling();
        engine.run(() -> engine.socket.send(EncodedPacket.text(LONG).compress(false)));
        engine.send("may");

        assertThat(coding(poll(sid, "gzip"))).isEqualTo("gzip");
    }

    @Test
    void givenNoHttpCompression_whenPolled_thenNothingIsCompressed() {
        TestEngine plain =
                new TestEngine(EngineOptions.builder().httpCompression(null).build());
        String sid = plain.connectPolling();
        plain.send(LONG);

        InMemoryExchange poll = plain.get(target(sid), "Accept-Encoding", "gzip");

        assertThat(coding(poll)).isNull();
    }

    @Test
    void givenALargeAnswer_whenPolled_thenItIsCompressedElsewhereAndTheLoopGoesOn() throws IOException {
        String sid = engine.connectPolling();
        String large = "large ".repeat(200_000);
        engine.send(large);

        InMemoryExchange poll = poll(sid, "gzip");

        Deadline.await("the answer", poll::isAnswered);
        assertThat(coding(poll)).isEqualTo("gzip");
        assertThat(poll.response().body().remaining()).isLessThan(large.length() / 100);
        assertThat(content(poll)).isEqualTo("4" + large);
    }

    @Test
    void givenAFlagOnAPacket_whenSentOverWebSocket_thenTheConnectionIsTold() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();

        engine.run(() -> engine.socket.send(EncodedPacket.text("a").compress(false)));
        assertThat(webSocket.lastCompress()).isFalse();

        engine.send("b");
        assertThat(webSocket.lastCompress()).isTrue();
    }

    @Test
    void givenPerMessageDeflate_whenAWebSocketOpens_thenItsOptionsHoldForTheConnection() {
        DeflateOptions deflate = DeflateOptions.builder().threshold(10).build();
        TestEngine compressing = new TestEngine(
                EngineOptions.builder().perMessageDeflate(deflate).build());

        assertThat(compressing.connectWebSocket().options().connection().deflate())
                .hasValue(deflate);
        assertThat(engine.connectWebSocket().options().connection().deflate()).isEmpty();
    }

    @Test
    void givenAPacket_whenItsFlagChanges_thenItsFormsAreShared() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1, 2}));

        EncodedPacket plain = packet.compress(false);

        assertThat(packet.compress()).isTrue();
        assertThat(plain.compress()).isFalse();
        assertThat(plain.compress(false)).isSameAs(plain);
        assertThat(plain.pollingForm()).isEqualTo(packet.pollingForm());
        assertThat(plain.webSocketMessage().frame())
                .isEqualTo(packet.webSocketMessage().frame());
    }

    private InMemoryExchange poll(String sid, String accepted) {
        return engine.get(target(sid), "Accept-Encoding", accepted);
    }

    private static String target(String sid) {
        return TestEngine.PATH + "&transport=polling&sid=" + sid;
    }

    private static String coding(InMemoryExchange poll) {
        return poll.response().headers().first("Content-Encoding").orElse(null);
    }

    private static String content(InMemoryExchange poll) throws IOException {
        ByteBuffer body = poll.response().body();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        InputStream raw = new ByteArrayInputStream(bytes);
        String coding = String.valueOf(coding(poll));
        InputStream plain =
                switch (coding) {
                    case "gzip" -> new GZIPInputStream(raw);
                    case "deflate" -> new InflaterInputStream(raw);
                    default -> raw;
                };
        return new String(plain.readAllBytes(), UTF_8);
    }
}
