package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs what was found before; with {@code JAZZER_FUZZ=1} it looks for more. */
class FrameDecoderFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void givenAnyBytes_whenDecoded_thenTheCutsDoNotMatterAndNothingButAFrameExceptionIsThrown(byte[] wire) {
        for (Role role : Role.values()) {
            String atOnce = new Decoded(role, 1000).feed(wire).toString();
            String byteByByte = new Decoded(role, 1000).feedByteByByte(wire).toString();

            assertThat(byteByByte).isEqualTo(atOnce);
        }
    }
}
