package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** URLs as browsers read them; the vectors were written with a browser's own {@code new URL(…).href}. */
class TargetTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/websocket-urls.csv", ignoreLeadingAndTrailingWhitespace = false)
    void givenAUrl_whenParsed_thenItIsWhatABrowserMakesOfIt(String url, String expected) {
        assertThat(Target.parse(unescaped(url)).url()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/websocket-urls-refused.csv", ignoreLeadingAndTrailingWhitespace = false)
    void givenABadUrl_whenASocketIsBuilt_thenItFailsWithTheReason(String url, String message) {
        assertThatThrownBy(() -> WebSocket.builder(unescaped(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void givenCredentialsInAUrl_whenParsed_thenTheyAreDecoded() {
        Target target = Target.parse("ws://j%C3%BCrgen:a%3Ab%@chat.example/");

        assertThat(target.credentials()).isEqualTo(new Credentials("jürgen", "a:b%"));
        assertThat(target).hasToString("ws://chat.example/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/websocket-redirects.csv")
    void givenALocation_whenRedirected_thenItIsSeenFromTheBase(String location, String expected) {
        Target base = Target.parse("wss://chat.example:8443/a/b/c?d=e");

        assertThat(base.redirectedTo(location).url()).isEqualTo(expected);
    }

    @Test
    void givenAnIpv6Address_whenAskedForTheHost_thenItIsWithoutBrackets() {
        assertThat(Target.parse("ws://[::1]:1/").bareHost()).isEqualTo("::1");
        assertThat(Target.parse("ws://chat.example/").bareHost()).isEqualTo("chat.example");
    }

    private static String unescaped(String text) {
        return text.replace("\\t", "\t").replace("\\n", "\n");
    }
}
