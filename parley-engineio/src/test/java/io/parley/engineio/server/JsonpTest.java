package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature table, section 1.9: JSONP. */
class JsonpTest {

    private final V3Engine old = new V3Engine();

    @Test
    void givenAClientOfJsonp_whenItConnects_thenTheAnswerIsACallOfItsFunction() {
        InMemoryExchange opened = old.connectPolling("&j=0&b64=1");

        assertThat(opened.responseText())
                .startsWith("___eio[0](\"118:0{\\\"sid\\\":\\\"")
                .endsWith("}\");");
        assertThat(opened.response().headers())
                .hasToString("Content-Type: text/plain; charset=UTF-8\ncache-control: no-store\n");
    }

    @Test
    void givenMessages_whenPolled_thenTheyAreAStringOfJavaScript() {
        old.connectPolling("&j=12");
        InMemoryExchange poll = old.poll();

        old.send(EncodedPacket.text("a\"\\\n\u0001\u2028\u2029€</script>"), V3Engine.binary(1));

        assertThat(poll.responseText())
                .isEqualTo("___eio[12](\"18:4a\\\"\\\\\\n\\u0001\\u2028\\u2029€</script>6:b4AQ==\");");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a1);alert(2 | ___eio[12](\"1:6\");", "'' | ___eio[](\"1:6\");"})
    void givenAnIndexThatIsNoNumber_whenPolled_thenOnlyItsDigitsStay(String index, String answer) {
        old.connectPolling("&j=" + URLEncoder.encode(index, StandardCharsets.UTF_8));
        InMemoryExchange poll = old.poll();

        old.push("d=1%3A1");

        assertThat(poll.responseText()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5:4a+é& | text a+é&",
                "4:4a\\nb | text a<LF>b", // a line feed
                "5:4a\\\\nb | text a\\nb", // a backslash and an n
                "6:4a\\\\\\nb | text a\\\\nb", // two backslashes and an n
                "6:b4AQI= | binary 0102",
            })
    void givenAForm_whenPosted_thenItsPayloadIsUnescaped(String payload, String event) {
        old.connectPolling("&j=0");

        InMemoryExchange posted = old.push(
                "d=" + URLEncoder.encode(payload, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(old.engine.takeEvents()).containsExactly(event.replace("<LF>", "\n"));
    }

    @ParameterizedTest
    @CsvSource({"x=1", "''", "4:4abc"})
    void givenAFormWithoutAPayload_whenPosted_thenNothingHappens(String form) {
        old.connectPolling("&j=0");

        assertThat(old.push(form).responseText()).isEqualTo("ok");

        assertThat(old.engine.takeEvents()).isEmpty();
    }

    @Test
    void givenABadPayload_whenPosted_thenTheSessionEndsWithAParseError() {
        old.connectPolling("&j=0");

        old.push("d=4a");

        assertThat(old.engine.takeEvents())
                .containsExactly("closed: parse error (Payload without a length (expected: 1 to 9 digits and ':' before"
                        + " each packet) in \"4a\")");
    }

    @Test
    void givenProtocol4_whenItAsksForJsonp_thenItIsAnsweredAsAlways() {
        InMemoryExchange opened = old.engine.get(TestEngine.PATH + "&transport=polling&j=0");

        assertThat(opened.responseText()).startsWith("0{\"sid\":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none        | ''                       | ''               | 200",
                "same-origin | ''                       | ''               | 200",
                "cross-site  | ''                       | ''               | 403",
                "same-site   | https://a.example/page   | ''               | 403",
                "cross-site  | https://a.example/page?x | https://a.example| 200",
                "cross-site  | https://a.example        | https://a.example| 200",
                "cross-site  | https://b.example/       | https://a.example| 403",
                "cross-site  | ''                       | https://a.example| 403",
                "cross-site  | ''                       | *                | 200",
            })
    void givenAScriptOfAPage_whenItsBrowserSaysWhence_thenItIsServedLikeAnOrigin(
            String site, String referer, String allowed, int status) {
        EngineOptions.Builder options = EngineOptions.builder();
        if (allowed.equals("*")) {
            options.cors(CorsOptions.builder().anyOrigin().build());
        } else if (!allowed.isEmpty()) {
            options.cors(
                    CorsOptions.builder().origins(allowed, "https://c.example").build());
        }
        TestEngine engine = new V3Engine(options.build()).engine;
        String target = V3Engine.PATH + "&transport=polling&j=0";

        InMemoryExchange answered = referer.isEmpty()
                ? engine.get(target, "Sec-Fetch-Site", site)
                : engine.get(target, "Sec-Fetch-Site", site, "Referer", referer);

        assertThat(answered.response().status()).isEqualTo(status);
    }
}
