package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChromiumIT {

    private static Chromium browser;

    @BeforeAll
    static void launch() {
        browser = Chromium.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void givenAPage_whenUsed_thenItAnswersLikeToAVisitor() {
        Chromium.Page page = browser.newPage(390, 844);
        page.goTo(html("<title>t</title><input id=a><button onclick=\"b.textContent=a.value\">Go</button><p id=b>"));

        page.fill("#a", "hello");
        page.click("text=Go");
        page.waitForText("#b", "hello");

        assertThat(page.title()).isEqualTo("t");
        assertThat(page.text("#b")).isEqualTo("hello");
        assertThat(page.value("#a")).isEqualTo("hello");
        assertThat(page.evaluate("window.innerWidth")).isEqualTo(390);
        assertThat(page.screenshot("kit")).isNotEmptyFile();
        assertThat(page.accessibility("body")).contains("button \"Go\"");
    }

    @Test
    void givenAPageWithErrors_whenLoaded_thenTheyAreCollected() {
        Chromium.Page page = browser.newPage();

        page.goTo(html("<meta http-equiv=Content-Security-Policy content=\"img-src 'none'\">"
                + "<script>console.error('first'); setTimeout(() => { throw new Error('second') })</script>"
                + "<img src=http://127.0.0.1:1/x.png>"));

        Deadline.awaitPassing(() -> assertThat(page.consoleErrors())
                .anyMatch(text -> text.startsWith("first"))
                .anyMatch(text -> text.contains("second")));
        Deadline.awaitPassing(() -> assertThat(page.cspViolations())
                .singleElement()
                .asString()
                .startsWith("img-src: http://127.0.0.1:1/x.png"));
    }

    private static String html(String text) {
        return "data:text/html,"
                + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
