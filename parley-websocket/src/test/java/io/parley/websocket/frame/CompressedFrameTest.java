package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Generator;
import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedFrameTest {

    private static final CompressedFrame ENCODING = new CompressedFrame(15, 6);

    @Test
    void givenTheMessageOfTheRfc_whenCompressed_thenTheFrameMatches() {
        ByteBuffer text = PreparedMessage.text("Hello").encodedBy(ENCODING);
        ByteBuffer binary =
                PreparedMessage.binary(ByteBuffer.wrap("Hello".getBytes(UTF_8))).encodedBy(ENCODING);

        assertThat(hex(text)).isEqualTo("c107f248cdc9c90700");
        assertThat(hex(binary)).isEqualTo("c207f248cdc9c90700");
        assertThat(text.isReadOnly()).isTrue();
    }

    @Test
    void givenAnEmptyMessage_whenCompressed_thenTheFrameHoldsAnEmptyBlock() {
        assertThat(hex(PreparedMessage.text("").encodedBy(ENCODING))).isEqualTo("c10100");
    }

    @ParameterizedTest
    @CsvSource({"100, 2", "120, 4", "60000, 4", "70000, 10"})
    void givenNoiseOfThisLength_whenCompressed_thenTheHeaderHasTheRightLength(int bytes, int headerLength) {
        Generator.check(1, random -> {
            byte[] noise = random.bytes(bytes);

            byte[] frame = bytes(PreparedMessage.binary(ByteBuffer.wrap(noise)).encodedBy(ENCODING));

            byte[] payload = Arrays.copyOfRange(frame, headerLength, frame.length);
            assertThat(new Inflated(15, false).inflate(payload, payload.length)).isEqualTo(noise);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 15})
    void givenContextTakeover_whenTheSharedFrameIsSentBetweenOwnOnes_thenTheReceiverReadsAll(int windowBits) {
        String text = "a message that is repeated, a message that is repeated ".repeat(20);
        byte[] shared = bytes(PreparedMessage.text(text).encodedBy(new CompressedFrame(windowBits, 6)));
        try (MessageDeflater deflater = new MessageDeflater(windowBits, true, 6);
                Inflated inflated = new Inflated(windowBits, true)) {
            byte[] before = deflated(deflater, text);
            deflater.reset();
            byte[] after = deflated(deflater, text);
            byte[] afterThat = deflated(deflater, text);

            byte[] sharedPayload = Arrays.copyOfRange(shared, shared[1] < 126 ? 2 : 4, shared.length);
            assertThat(inflated.inflate(before, 10)).asString(UTF_8).isEqualTo(text);
            assertThat(inflated.inflate(sharedPayload, 10)).asString(UTF_8).isEqualTo(text);
            assertThat(inflated.inflate(after, 10)).asString(UTF_8).isEqualTo(text);
            assertThat(inflated.inflate(afterThat, 10)).asString(UTF_8).isEqualTo(text);
        }
    }

    @Test
    void givenANumberOutOfRange_whenCompressed_thenThrows() {
        PreparedMessage message = PreparedMessage.text("Hello");

        assertThatThrownBy(() -> message.encodedBy(new CompressedFrame(16, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("windowBits: 16 (expected: 8 to 15)");
    }

    private static byte[] deflated(MessageDeflater deflater, String text) {
        ByteBuf out = Unpooled.buffer();
        deflater.deflate(ByteBuffer.wrap(text.getBytes(UTF_8)), true, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
