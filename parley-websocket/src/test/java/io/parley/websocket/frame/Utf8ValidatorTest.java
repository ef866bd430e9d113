package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the judge. */
class Utf8ValidatorTest {

    @Test
    void givenEveryPairOfBytes_whenChecked_thenTheJdkAgrees() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                assertAgreement(new byte[] {(byte) first, (byte) second});
            }
        }
    }

    @Test
    void givenEveryLeadByteWithEveryEdgeBehindIt_whenChecked_thenTheJdkAgrees() {
        int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF};
        for (int lead = 0xC0; lead < 256; lead++) {
            for (int second : edges) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        assertAgreement(new byte[] {(byte) lead, (byte) second, (byte) third, (byte) fourth});
                    }
                }
            }
        }
    }

    @Test
    void givenRandomText_whenOneByteIsChanged_thenTheJdkAgrees() {
        Generator.check(3_000, random -> {
            byte[] bytes = random.text(random.integer(1, 40)).getBytes(UTF_8);
            assertAgreement(bytes);
            bytes[random.integer(0, bytes.length - 1)] = (byte) random.integer(0, 255);
            assertAgreement(bytes);
            assertAgreement(Arrays.copyOf(bytes, random.integer(0, bytes.length)));
        });
    }

    @Test
    void givenOneBadByteInAscii_whenChecked_thenItsPlaceIsFound() {
        for (int length = 1; length < 40; length++) {
            for (int bad = 0; bad < length; bad++) {
                byte[] bytes = new byte[length];
                bytes[bad] = (byte) 0xFF;
                assertThat(new Utf8Validator().check(bytes, 0, length)).isEqualTo(bad);
            }
        }
    }

    private static void assertAgreement(byte[] bytes) {
        boolean good = isGood(bytes);
        assertThat(checkedAtOnce(bytes)).as(Arrays.toString(bytes)).isEqualTo(good);
        assertThat(checkedByteByByte(bytes)).as(Arrays.toString(bytes)).isEqualTo(good);
    }

    private static boolean checkedAtOnce(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        return validator.check(bytes, 0, bytes.length) < 0 && validator.isComplete();
    }

    private static boolean checkedByteByByte(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        for (int i = 0; i < bytes.length; i++) {
            if (validator.check(bytes, i, i + 1) >= 0) {
                return false;
            }
        }
        return validator.isComplete();
    }

    private static boolean isGood(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }
}
