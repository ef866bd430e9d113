package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void givenAnyPartOfAnArray_whenMasked_thenItIsAsRfc6455Section53Says() {
        Generator.check(2_000, random -> {
            byte[] bytes = random.bytes(random.integer(0, 70));
            int from = random.integer(0, bytes.length);
            int length = random.integer(0, bytes.length - from);
            byte[] key = random.bytes(4);
            byte[] expected = bytes.clone();
            for (int i = 0; i < length; i++) {
                expected[from + i] ^= key[i % 4];
            }

            Masking.apply(bytes, from, length, ByteBuffer.wrap(key).getInt());

            assertThat(bytes).isEqualTo(expected);
        });
    }

    @Test
    void givenAMessageCutInTwo_whenTheMaskIsTurned_thenBothPartsAreAsInOne() {
        Generator.check(500, random -> {
            byte[] whole = random.bytes(random.integer(0, 70));
            byte[] parts = whole.clone();
            int cut = random.integer(0, whole.length);
            int mask = (int) random.longInteger();

            Masking.apply(whole, 0, whole.length, mask);
            Masking.apply(parts, 0, cut, mask);
            Masking.apply(parts, cut, parts.length - cut, Masking.turn(mask, cut));

            assertThat(parts).isEqualTo(whole);
        });
    }

    @Test
    void givenOneByteBeyondAscii_whenUnmasked_thenItIsSeenWhereverItIs() {
        for (int length = 1; length < 40; length++) {
            byte[] bytes = new byte[length];
            assertThat(Masking.apply(bytes, 0, length, 0)).isTrue();
            for (int at = 0; at < length; at++) {
                Arrays.fill(bytes, (byte) 'a');
                bytes[at] = (byte) 0x80;
                assertThat(Masking.apply(bytes, 0, length, 0)).isFalse();
            }
        }
    }
}
