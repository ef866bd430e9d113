package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.testkit.RawWebSocket.Frame;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.frame.MessageDeflater;
import io.parley.websocket.frame.MessageInflater;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages on a connection (RFC 7692), with a raw peer that deflates and inflates for itself. */
class CompressionTest {

    private static final int COMPRESSED = 0x40;
    private static final String LONG = "the same again and again, ".repeat(100);

    private final RecordingListener server = new RecordingListener();
    private final BareHost host = new BareHost(
            new WebSocketUpgrade(
                    List.of(),
                    HttpHeaders.empty(),
                    ConnectionOptions.builder()
                            .maxMessageBytes(10_000)
                            .deflate(DeflateOptions.builder().threshold(100).build())
                            .build()),
            () -> server);

    @AfterEach
    void stop() {
        host.close();
    }

    private RawWebSocket connect(String offer) {
        return RawWebSocket.open(host.port(), "/", "Sec-WebSocket-Extensions: " + offer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=9; client_max_window_bits"
            })
    void givenCompressedMessages_whenEchoed_thenTheyComeBackCompressed(String offer) {
        boolean takeover = !offer.contains("no_context");
        try (RawWebSocket client = connect(offer);
                MessageDeflater deflater = new MessageDeflater(15, takeover, 6);
                MessageInflater inflater = new MessageInflater(15, takeover)) {
            for (int i = 0; i < 3; i++) {
                client.send(0x80 | COMPRESSED | RawWebSocket.TEXT, deflate(deflater, i + LONG));

                Frame echo = client.read();
                assertThat(echo.header() & COMPRESSED).isNotZero();
                assertThat(echo.payload().length).isLessThan(300);
                assertThat(inflate(inflater, echo.payload())).isEqualTo(i + LONG);
            }
        }
    }

    @Test
    void givenAMessageBelowTheThresholdOrWithoutCompression_whenSent_thenItGoesAsItIs() {
        try (RawWebSocket client = connect("permessage-deflate")) {
            client.sendText("short");
            assertThat(client.readText()).isEqualTo("short");

            server.connection().send(LONG, false);
            Frame plain = client.read();
            assertThat(plain.header() & COMPRESSED).isZero();
            assertThat(plain.text()).isEqualTo(LONG);
        }
    }

    @Test
    void givenAPreparedMessage_whenSentBetweenOthers_thenTheContextStaysRight() {
        PreparedMessage prepared = PreparedMessage.text("prepared " + LONG);
        try (RawWebSocket client = connect("permessage-deflate");
                MessageInflater inflater = new MessageInflater(15, true)) {
            WebSocketConnection connection = server.connection();
            connection.send("one " + LONG);
            connection.send(prepared);
            connection.send("two " + LONG);
            connection.send(prepared, false);
            connection.send("three " + LONG);

            assertThat(inflate(inflater, client.read().payload())).isEqualTo("one " + LONG);
            assertThat(inflate(inflater, client.read().payload())).isEqualTo("prepared " + LONG);
            assertThat(inflate(inflater, client.read().payload())).isEqualTo("two " + LONG);
            assertThat(client.readText()).isEqualTo("prepared " + LONG);
            assertThat(inflate(inflater, client.read().payload())).isEqualTo("three " + LONG);
        }
    }

    @Test
    void givenAStream_whenSent_thenItsFragmentsAreOneCompressedMessage() {
        byte[] bytes = LONG.repeat(100).getBytes(StandardCharsets.UTF_8);
        try (RawWebSocket client = connect("permessage-deflate");
                MessageInflater inflater = new MessageInflater(15, true)) {
            CompletableFuture<Void> sent = server.connection().stream(
                    true, new ByteArrayInputStream(bytes), bytes.length, HandlerThreads.shared());
            server.connection().send("after " + LONG);
            Deadline.get(sent);

            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            Frame frame = client.read();
            assertThat(frame.header() & COMPRESSED).isNotZero();
            compressed.writeBytes(frame.payload());
            while (!frame.isFinal()) {
                frame = client.read();
                assertThat(frame.header() & COMPRESSED).isZero();
                compressed.writeBytes(frame.payload());
            }
            assertThat(inflate(inflater, compressed.toByteArray())).isEqualTo(LONG.repeat(100));
            assertThat(compressed.size()).isLessThan(bytes.length / 50);
            assertThat(inflate(inflater, client.read().payload())).isEqualTo("after " + LONG);
            Deadline.await("nothing waits", () -> server.connection().bufferedAmount() == 0);
        }
    }

    @Test
    void givenAMessageThatInflatesBeyondTheLimit_whenReceived_thenItIsRefusedWith1009() {
        try (RawWebSocket client = connect("permessage-deflate");
                MessageDeflater deflater = new MessageDeflater(15, true, 9)) {
            byte[] bomb = deflate(deflater, "0".repeat(10_000_000));
            assertThat(bomb.length).isLessThan(20_000);
            client.raw().trySend(RawWebSocket.frame(0x80 | COMPRESSED | RawWebSocket.TEXT, true, bomb));

            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason()).isEqualTo("Message too big (expected: at most 10000 bytes)");
        }
    }

    @Test
    void givenBitsThatMeanNothing_whenReceived_thenTheyAreRefused() {
        for (int header : List.of(0x80 | COMPRESSED | RawWebSocket.PING, 0x80 | 0x20 | RawWebSocket.TEXT)) {
            try (RawWebSocket client = connect("permessage-deflate")) {
                client.send(header, new byte[0]);

                Frame close = client.read();
                assertThat(close.closeCode()).isEqualTo(1002);
                assertThat(close.closeReason())
                        .endsWith("(expected: 0, or 4 on the first frame of a message that is compressed)");
            }
        }
    }

    @Test
    void givenDataThatCannotBeInflated_whenReceived_thenItIsRefusedWith1007() {
        try (RawWebSocket client = connect("permessage-deflate")) {
            client.send(0x80 | COMPRESSED | RawWebSocket.BINARY, new byte[] {(byte) 0xFF, 1, 2, 3});

            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void givenNoOffer_whenConnected_thenNothingIsCompressed() {
        try (RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            assertThat(client.response()).doesNotContain("Sec-WebSocket-Extensions");
            server.connection().send(LONG);
            assertThat(client.readText()).isEqualTo(LONG);
            assertThat(server.connection().extensions()).isEmpty();
        }
    }

    private static byte[] deflate(MessageDeflater deflater, String text) {
        ByteBuf out = Unpooled.buffer();
        deflater.deflate(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static String inflate(MessageInflater inflater, byte[] compressed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inflater.inflate(compressed, 0, compressed.length, true, out::write);
        return out.toString(StandardCharsets.UTF_8);
    }
}
