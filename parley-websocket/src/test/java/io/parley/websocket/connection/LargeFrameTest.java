package io.parley.websocket.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFrameTest {

    @ParameterizedTest
    @ValueSource(ints = {32_768, 65_526, 65_527, 65_532, 65_533, 65_535, 65_536, 98_294, 98_295, 1_000_000})
    void givenAMessage_whenItsFrameIsMade_thenItIsWhatTheEncoderMakesAndNoBlockIsEmpty(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31);
        }
        ByteBuf expected = Unpooled.buffer();
        FrameEncoder.writeHeader(expected, FrameEncoder.FINAL | Opcode.BINARY.code(), length);
        expected.writeBytes(payload);
        ByteBuffer bytes =
                ByteBuffer.allocate(length + 7).position(5).put(payload).flip().position(5);

        LargeFrame frame = requireNonNull(LargeFrame.of(bytes.asReadOnlyBuffer()));

        assertThat(frame.length()).isEqualTo(length);
        assertThat(frame.blocks()).allMatch(ByteBuf::isReadable);
        ByteBuf whole = Unpooled.wrappedBuffer(frame.blocks().toArray(new ByteBuf[0]));
        assertThat(ByteBufUtil.equals(whole, expected)).isTrue();
        whole.release();
    }

    @Test
    void givenAMessage_whenItsFrameIsMade_thenItsPositionStays() {
        ByteBuffer bytes = ByteBuffer.allocate(50_000).position(10);

        requireNonNull(LargeFrame.of(bytes)).release();

        assertThat(bytes.position()).isEqualTo(10);
        assertThat(bytes.limit()).isEqualTo(50_000);
    }

    @Test
    void givenAMessageThatNeedsMoreBlocksThanThereAre_whenItsFrameIsMade_thenThereIsNone() {
        assertThat(LargeFrame.of(ByteBuffer.allocate(Blocks.MAX_BLOCKS * Blocks.BLOCK_BYTES)))
                .isNull();
    }
}
