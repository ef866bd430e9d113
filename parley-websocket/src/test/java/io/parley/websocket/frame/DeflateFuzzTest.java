package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.websocket.DeflateOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bytes from anywhere: seeds in the normal run, a search for more with {@code JAZZER_FUZZ=1}. */
class DeflateFuzzTest {

    /** The first byte says whether the context is taken over and where the first of the two messages ends. */
    @FuzzTest(maxDuration = "60s")
    void givenAnyPayloads_whenInflated_thenTheCutsDoNotMatterAndNothingButAFrameExceptionIsThrown(byte[] data) {
        int first = data.length == 0 ? 0 : data[0] & 0x7F;
        boolean contextTakeover = data.length > 0 && data[0] < 0;
        int middle = Math.min(data.length, 1 + first);
        List<byte[]> payloads = List.of(
                Arrays.copyOfRange(data, Math.min(1, data.length), middle),
                Arrays.copyOfRange(data, middle, data.length));

        assertThat(texts(contextTakeover, payloads, 1)).isEqualTo(texts(contextTakeover, payloads, data.length + 1));
    }

    @FuzzTest(maxDuration = "60s")
    void givenAnyOffers_whenOneIsAccepted_thenTheAnswerIsAGoodOne(byte[] data) {
        List<String> fields = List.of(new String(data, ISO_8859_1).split("\n", -1));
        Optional<DeflateParameters> accepted;
        try {
            accepted = DeflateNegotiation.accept(fields, DeflateOptions.defaults());
        } catch (IllegalArgumentException expected) {
            return;
        }

        accepted.ifPresent(agreed -> {
            String answer = agreed.toHeader();
            assertThat(DeflateNegotiation.check(List.of(answer), DeflateOptions.defaults())
                            .toHeader())
                    .isEqualTo(answer);
        });
    }

    @FuzzTest(maxDuration = "60s")
    void givenAnyAnswer_whenChecked_thenNothingButAnIllegalArgumentExceptionIsThrown(byte[] data) {
        List<String> fields = List.of(new String(data, ISO_8859_1).split("\n", -1));
        DeflateParameters agreed;
        try {
            agreed = DeflateNegotiation.check(fields, DeflateOptions.defaults());
        } catch (IllegalArgumentException expected) {
            return;
        }

        assertThat(agreed.toHeader()).startsWith("permessage-deflate");
    }

    private static List<String> texts(boolean contextTakeover, List<byte[]> payloads, int pieceBytes) {
        try (Inflated inflated = new Inflated(15, contextTakeover)) {
            return inflated.texts(payloads, pieceBytes);
        }
    }
}
