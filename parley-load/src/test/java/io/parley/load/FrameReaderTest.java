package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    /** Text of 1 byte, a ping, an empty text, a text of 200 bytes in two fragments around a ping, 70,000 bytes. */
    private static final byte[] WIRE = ByteBuffer.allocate(3 + 3 + 2 + 3 + 2 + 4 + 199 + 10 + 70_000)
            .put(new byte[] {(byte) 0x81, 1, 'a', (byte) 0x89, 1, 'p', (byte) 0x81, 0})
            .put(new byte[] {1, 1, 'b', (byte) 0x89, 0, (byte) 0x80, 126, 0, (byte) 199})
            .put(new byte[199])
            .put(new byte[] {(byte) 0xC2, 127})
            .putLong(70_000)
            .array();

    private final List<String> found = new ArrayList<>();
    private final FrameReader reader = new FrameReader(ByteBufAllocator.DEFAULT, new FrameReader.Listener() {
        @Override
        public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
            found.add((text ? "text " : "binary ") + (compressed ? "compressed " : "") + length);
        }

        @Override
        public void onPing(ByteBuf in, int index, int length) {
            found.add("ping " + in.toString(index, length, ISO_8859_1));
        }

        @Override
        public void onClose(ByteBuf in, int index, int length) {
            found.add("close " + length);
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
    void givenFrames_whenReadInPieces_thenMessagesAreFound(int bytes) {
        for (int start = 0; start < WIRE.length; start += bytes) {
            reader.read(Unpooled.wrappedBuffer(WIRE, start, Math.min(bytes, WIRE.length - start)));
        }

        assertThat(found).containsExactly("text 1", "ping p", "text 0", "ping ", "text 200", "binary compressed 70000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8181 | The server sent a masked frame (expected: an unmasked one)",
                "817f7fffffffffffffff | The server sent a frame of 9223372036854775807 bytes (expected: at most 16842752)",
                "8300 | The server sent a frame with opcode 3 (expected: 0 to 2, 8 to 10)",
                "a100 | The server sent a frame with reserved bits (expected: none)",
                "8000 | The server sent a frame with opcode 0 (expected: the first frame of a message)",
                "01008100 | The server sent a frame with opcode 1 (expected: a continuation)"
            })
    void givenWhatNoServerSends_whenRead_thenItFails(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> reader.read(Unpooled.wrappedBuffer(bytes)))
                .isInstanceOf(LoadException.class)
                .hasMessage(message);
        reader.close();
    }

    @Test
    void givenPartOfAFrame_whenClosed_thenNothingIsKept() {
        reader.read(Unpooled.wrappedBuffer(new byte[] {1, 1, 'a', (byte) 0x80, 2, 'b'}));

        reader.close();

        assertThat(found).isEmpty(); // and the buffers are released, which LeakCheck looks at
    }
}
