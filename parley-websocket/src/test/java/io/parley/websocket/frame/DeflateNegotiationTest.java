package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.websocket.DeflateOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateNegotiationTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/vectors/rfc7692-offers.csv", delimiter = '|', quoteCharacter = '`')
    void givenAnOffer_whenTheServerChooses_thenItsAnswerMatches(
            String section, String name, String options, String offers, String outcome) {
        String answer = outcomeOf(() -> DeflateNegotiation.accept(fields(offers), options(options))
                .map(DeflateParameters::toHeader)
                .orElse("declined"));

        assertThat(answer).as(section).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/vectors/rfc7692-answers.csv", delimiter = '|', quoteCharacter = '`')
    void givenAnAnswer_whenTheClientChecksIt_thenWhatIsAgreedMatches(
            String section, String name, String offered, String answers, String outcome) {
        String agreed = outcomeOf(() -> inWords(DeflateNegotiation.check(fields(answers), options(offered))));

        assertThat(agreed).as(section).isEqualTo(outcome);
    }

    @Test
    void givenNoField_whenTheServerChooses_thenNothingIsAgreed() {
        assertThat(DeflateNegotiation.accept(List.of(), DeflateOptions.defaults()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "15 15,     permessage-deflate; client_max_window_bits",
        "15 9,      permessage-deflate; client_max_window_bits=9",
        "10 15,     permessage-deflate; client_max_window_bits; server_max_window_bits=10",
        "15 15 S,   permessage-deflate; client_max_window_bits; server_no_context_takeover",
        "15 15 C,   permessage-deflate; client_max_window_bits; client_no_context_takeover",
        "8 9 S C,   permessage-deflate; client_max_window_bits=9; server_max_window_bits=8; "
                + "server_no_context_takeover; client_no_context_takeover"
    })
    void givenOptions_whenTheClientOffers_thenTheyAreNamed(String options, String offer) {
        assertThat(DeflateNegotiation.offer(options(options))).isEqualTo(offer);
    }

    @ParameterizedTest
    @CsvSource({"15 15, 15 15", "15 15 S, 9 10 C", "10 12, 15 8 S C", "8 8 S C, 8 8 S C", "11 15 C, 15 13"})
    void givenOptionsOfBothEnds_whenTheyNegotiate_thenBothSeeTheSame(String client, String server) {
        String offer = DeflateNegotiation.offer(options(client));
        DeflateParameters accepted =
                DeflateNegotiation.accept(List.of(offer), options(server)).orElseThrow();
        DeflateParameters checked = DeflateNegotiation.check(List.of(accepted.toHeader()), options(client));

        assertThat(inWords(checked)).isEqualTo(inWords(accepted));
    }

    @Test
    void givenAWindowOutOfRange_whenParametersAreMade_thenThrows() {
        assertThatThrownBy(() -> new DeflateParameters(false, false, 7, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("serverMaxWindowBits: 7 (expected: 8 to 15)");
        assertThatThrownBy(() -> new DeflateParameters(false, false, 15, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientMaxWindowBits: 16 (expected: 8 to 15)");
    }

    private static List<String> fields(String fields) {
        return Arrays.stream(fields.split("/"))
                .map(field -> field.strip().replace("''", ""))
                .toList();
    }

    private static DeflateOptions options(String options) {
        String[] windows = options.split(" ", -1);
        return DeflateOptions.builder()
                .serverMaxWindowBits(Integer.parseInt(windows[0]))
                .clientMaxWindowBits(Integer.parseInt(windows[1]))
                .serverNoContextTakeover(options.contains("S"))
                .clientNoContextTakeover(options.contains("C"))
                .build();
    }

    private static String inWords(DeflateParameters agreed) {
        return agreed.serverMaxWindowBits() + " " + agreed.clientMaxWindowBits()
                + (agreed.serverNoContextTakeover() ? " S" : "")
                + (agreed.clientNoContextTakeover() ? " C" : "");
    }

    private static String outcomeOf(Supplier<String> negotiation) {
        try {
            return negotiation.get();
        } catch (IllegalArgumentException mistake) {
            return mistake.getMessage();
        }
    }
}
