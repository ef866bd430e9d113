package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Generator;
import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    @Test
    void givenAnyMessage_whenEncodedAndDecoded_thenItIsTheSame() {
        Generator.check(300, random -> {
            String text = random.text(random.length(70_000));
            byte[] bytes = random.bytes(random.length(70_000));

            Decoded decoded = new Decoded(Role.CLIENT, 1 << 20)
                    .feed(encoded(Opcode.TEXT, text.getBytes(UTF_8)))
                    .feed(encoded(Opcode.BINARY, bytes))
                    .feed(toArray(PreparedMessage.text(text).frame()))
                    .feed(toArray(PreparedMessage.binary(ByteBuffer.wrap(bytes)).frame()));

            String textEvent = text.isEmpty() ? "TEXT" : "TEXT " + text;
            String binaryEvent =
                    bytes.length == 0 ? "BINARY" : "BINARY " + HexFormat.of().formatHex(bytes);
            assertThat(decoded.events).containsExactly(textEvent, binaryEvent, textEvent, binaryEvent);
        });
    }

    @Test
    void givenControlFrames_whenEncodedAndDecoded_thenTheyAreTheSame() {
        Decoded decoded = new Decoded(Role.CLIENT, 1)
                .feed(encoded(Opcode.PING, new byte[] {1, 2}))
                .feed(encoded(Opcode.PONG, new byte[0]))
                .feed(encoded(Opcode.CLOSE, toArray(FrameEncoder.closePayload(1001, "auf Wiedersehen"))));

        assertThat(decoded).hasToString("PING 0102, PONG, CLOSE 1001 auf Wiedersehen");
    }

    @Test
    void givenAMaskingKey_whenEncodedAndDecoded_thenItIsTheSame() {
        Generator.check(300, random -> {
            byte[] bytes = random.bytes(random.length(70_000));
            int key = (int) random.longInteger();

            ByteBuf out = Unpooled.buffer();
            FrameEncoder.writeMaskedHeader(out, FrameEncoder.FINAL | Opcode.BINARY.code(), bytes.length, key);
            assertThat(out.readableBytes()).isEqualTo(FrameEncoder.headerLength(bytes.length) + 4);
            ByteBuffer masked = ByteBuffer.wrap(bytes.clone());
            Masking.apply(masked, 0, bytes.length, key);

            assertThat(new Decoded(Role.SERVER, 1 << 20)
                            .feed(toArray(out.writeBytes(masked).nioBuffer())))
                    .hasToString(("BINARY " + HexFormat.of().formatHex(bytes)).strip());
        });
    }

    @Test
    void givenTooLongAPing_whenEncoded_thenThrows() {
        assertThatThrownBy(() -> FrameEncoder.controlPayload(Opcode.PING, ByteBuffer.allocate(126)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PING payload of 126 bytes (expected: at most 125)");
    }

    @Test
    void givenACodeThatIsNeverSent_whenACloseFrameIsEncoded_thenThrows() {
        assertThatThrownBy(() -> FrameEncoder.closePayload(1006, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Close code 1006 (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)");
    }

    @Test
    void givenTooLongAReason_whenACloseFrameIsEncoded_thenThrows() {
        assertThatThrownBy(() -> FrameEncoder.closePayload(1000, "é".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Close reason of 124 bytes (expected: at most 123 bytes of UTF-8)");
    }

    private static byte[] encoded(Opcode opcode, byte[] payload) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.writeHeader(out, FrameEncoder.FINAL | opcode.code(), payload.length);
        assertThat(out.readableBytes()).isEqualTo(FrameEncoder.headerLength(payload.length));
        return toArray(out.writeBytes(payload).nioBuffer());
    }

    private static byte[] toArray(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }
}
