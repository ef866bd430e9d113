package io.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameCounterTest {

    /** Text of 1 byte, a ping, an empty text, a text of 200 bytes in two fragments, a binary of 70,000 bytes. */
    private static final byte[] WIRE = ByteBuffer.allocate(3 + 2 + 2 + 3 + 4 + 199 + 10 + 70_000)
            .put(new byte[] {(byte) 0x81, 1, 'a', (byte) 0x89, 0, (byte) 0x81, 0})
            .put(new byte[] {1, 1, 'b', (byte) 0x80, 126, 0, (byte) 199})
            .put(new byte[199])
            .put(new byte[] {(byte) 0x82, 127})
            .putLong(70_000)
            .array();

    @Test
    void givenFrames_whenCountedAtOnce_thenMessagesAre() {
        int messages = new FrameCounter().count(ByteBuffer.wrap(WIRE));

        assertThat(messages).isEqualTo(4);
    }

    @Test
    void givenFrames_whenCountedByteByByte_thenMessagesAre() {
        FrameCounter counter = new FrameCounter();

        int messages = 0;
        for (byte next : WIRE) {
            messages += counter.count(ByteBuffer.wrap(new byte[] {next}));
        }

        assertThat(messages).isEqualTo(4);
    }

    @Test
    void givenACloseFrame_whenCounted_thenItFails() {
        byte[] close = Arrays.copyOf(new byte[] {(byte) 0x88}, 2);

        assertThatThrownBy(() -> new FrameCounter().count(ByteBuffer.wrap(close)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The server sent a close frame (expected: messages)");
    }
}
