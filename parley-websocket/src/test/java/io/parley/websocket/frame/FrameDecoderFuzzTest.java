package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.websocket.ConnectionOptions;
import java.util.List;

/** Runs what was found before; with {@code JAZZER_FUZZ=1} it looks for more. */
class FrameDecoderFuzzTest {

    private static final DeflateParameters DEFLATE = new DeflateParameters(false, false, 15, 15);

    @FuzzTest(maxDuration = "60s")
    void givenAnyBytes_whenDecoded_thenTheCutsDoNotMatterAndNothingButAFrameExceptionIsThrown(byte[] wire) {
        for (Role role : Role.values()) {
            String atOnce = new Decoded(role, 1000).feed(wire).toString();
            String byteByByte = new Decoded(role, 1000).feedByteByByte(wire).toString();

            assertThat(byteByByte).isEqualTo(atOnce);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void givenAnyBytes_whenInflatedOrHandedOverInParts_thenTheCutsDoNotMatter(byte[] wire) {
        ConnectionOptions whole =
                ConnectionOptions.builder().maxMessageBytes(1000).build();
        ConnectionOptions parts = whole.toBuilder().streaming(true).build();
        for (ConnectionOptions options : List.of(whole, parts)) {
            for (Role role : Role.values()) {
                String atOnce = new Decoded(role, options, DEFLATE).feed(wire).toString();
                String byteByByte =
                        new Decoded(role, options, DEFLATE).feedByteByByte(wire).toString();

                assertThat(withoutReason(byteByByte)).isEqualTo(withoutReason(atOnce));
            }
        }
    }

    /** A message may be broken, not UTF-8 and too long at once: what of it is found first depends on the cuts. */
    private static String withoutReason(String outcome) {
        return outcome.replaceFirst("FAIL 100[79] .*", "FAIL");
    }
}
