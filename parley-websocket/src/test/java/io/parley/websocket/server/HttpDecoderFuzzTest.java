package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs what was found before; with {@code JAZZER_FUZZ=1} it looks for more. */
class HttpDecoderFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void givenAnyRequest_whenDecoded_thenTheCutsDoNotMatterAndNothingButAnHttpExceptionIsThrown(byte[] wire) {
        String request = new String(wire, ISO_8859_1);
        DecodedRequest atOnce = new DecodedRequest();
        DecodedRequest byteByByte = new DecodedRequest();

        atOnce.add(request);
        request.chars().forEach(character -> byteByByte.add(String.valueOf((char) character)));

        assertThat(withoutStatus(byteByByte.outcome())).isEqualTo(withoutStatus(atOnce.outcome()));
    }

    /** A request may be broken and too long at once: what of it is found first depends on the cuts. */
    private static String withoutStatus(String outcome) {
        return outcome.replaceFirst("refused with \\d+", "refused");
    }
}
