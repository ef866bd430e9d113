package io.parley.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GettingStartedIT {

    private static HttpServer server;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        server = GettingStarted.start(0);
        browser = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @Test
    void givenTwoPages_whenTheyTalk_thenBothReadItAndTheOtherSeesTheTyping() {
        Chromium.Page anna = open();
        Chromium.Page ben = open();

        anna.type("#text", "Hello");
        ben.waitForText("#typing", "Somebody is typing ...");
        assertThat(anna.text("#typing")).isEmpty();

        anna.click("text=Send");
        ben.waitForText("#messages li", "Hello");
        anna.waitForText("#messages li", "Hello");

        ben.fill("#text", "<b>Hi</b>");
        ben.press("#text", "Enter");
        anna.waitForText("#messages li", "<b>Hi</b>");
        assertThat(anna.texts("#messages li")).containsExactly("Hello", "<b>Hi</b>");

        anna.click("#who");
        Deadline.awaitPassing(() -> assertThat(anna.text("#answer")).matches("\\d+ here"));
        anna.screenshot("getting-started");
        assertThat(anna.consoleErrors()).isEmpty();
        assertThat(ben.consoleErrors()).isEmpty();
    }

    @Test
    void givenTheProgram_whenItsLinesAreCounted_thenTheyFitOnAScreen() throws IOException {
        Path source = Path.of("src/main/java/io/parley/example/GettingStarted.java");

        assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(25);
    }

    private static Chromium.Page open() {
        Chromium.Page page = browser.newPage();
        assertThat(page.goTo("http://127.0.0.1:" + server.port() + "/")).isEqualTo(200);
        page.waitForTrue("socket.connected");
        return page;
    }
}
