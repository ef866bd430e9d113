package io.parley.cli.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the echo server, as a visitor uses it. */
class EchoPageIT {

    private static final Path AXE = Path.of("..", "parley-chat", "target", "web", "node_modules", "axe-core");
    private static final int MAX_MESSAGE_BYTES = 2_000_000;

    private static Chromium browser;

    private HttpServer server;
    private Chromium.Page page;

    @BeforeAll
    static void launch() {
        browser = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        browser.close();
    }

    @BeforeEach
    void start() {
        ConnectionOptions limits =
                ConnectionOptions.builder().maxMessageBytes(MAX_MESSAGE_BYTES).build();
        server = EchoServer.of(HttpServer.builder(), limits).start();
    }

    @AfterEach
    void stop() {
        if (page != null) {
            page.close();
        }
        server.close();
    }

    private void visit(int width, int height) {
        page = browser.newPage(width, height);
        page.goTo("http://127.0.0.1:" + server.port() + "/");
    }

    private void visit() {
        visit(1280, 800);
    }

    private void connect() {
        page.click("role=button[name='Connect']");
        page.waitForText("#state", "open");
    }

    private void waitForEntry(String kind, String text) {
        page.waitForText("#log ." + kind, text);
    }

    /** The page's policy forbids what the browser's driver would do to wait for an expression. */
    private void waitUntil(String expression) {
        Deadline.await(expression, () -> (boolean) page.evaluate(expression));
    }

    /** Errors on the console, and what the page's Content-Security-Policy refused. */
    private void assertThatNothingComplained() {
        assertThat(page.consoleErrors()).isEmpty();
        assertThat(page.cspViolations()).isEmpty();
    }

    @Test
    void givenAVisitor_whenTextIsSent_thenItComesBack() {
        visit();
        connect();

        page.fill("#text", "Zoë says „hi“ 👋");
        page.press("#text", "Control+Enter");

        waitForEntry("sent", "text, 23 bytes: Zoë says „hi“ 👋");
        waitForEntry("message", "text, 23 bytes: Zoë says „hi“ 👋 (after ");
        page.waitForText("#received", "1 / 23 bytes");
        assertThat(page.text("#sent")).isEqualTo("1 / 23 bytes");
        assertThat(page.text("#ready-state")).isEqualTo("1 OPEN");
        assertThatNothingComplained();
    }

    @Test
    void givenProtocols_whenConnectedAtAnotherPath_thenTheFirstIsTaken() {
        visit();
        page.fill("#url", "ws://127.0.0.1:" + server.port() + "/any/path?and=query");
        page.fill("#protocols", "chat.v2, chat.v1");

        connect();

        waitForEntry("open", "protocol chat.v2");
        page.waitForText("#protocol", "chat.v2");
        assertThatNothingComplained();
    }

    @ParameterizedTest
    @CsvSource({"blob, Blob", "arraybuffer, ArrayBuffer"})
    void givenABinaryType_whenBytesAreSent_thenTheyComeBackTheSameAsIt(String type, String name) {
        visit();
        connect();
        page.click("role=radio[name='" + type + "']");

        page.click("role=button[name='1 MB']");

        page.waitForText("#file-outcome", "1 MB of random: 1,000,000 bytes came back the same in ");
        waitForEntry("message", name + ", 1,000,000 bytes (after ");
        waitUntil("progress.value === 1000000");
        page.waitForText("#buffered", "0 bytes");
        assertThatNothingComplained();
    }

    @Test
    void givenAFile_whenSent_thenItIsOneMessage(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("notes.bin"), new byte[300_000]);
        visit();
        connect();

        page.setFiles("#file", file);
        page.click("role=button[name='Send file']");

        page.waitForText("#file-outcome", "notes.bin: 300,000 bytes came back the same in ");
        assertThat(page.text("#received")).isEqualTo("1 / 300,000 bytes");
        assertThatNothingComplained();
    }

    @Test
    void givenALongMessage_whenItIsAboveTheLimit_thenTheCloseSaysSo() {
        visit();
        connect();

        page.click("role=button[name='16 MB']");

        page.waitForText("#file-outcome", "16 MB of random: the connection ended before it came back.");
        waitForEntry("close", "code 1009");
    }

    @Test
    void givenADrawing_whenItIsSent_thenTheSamePictureComesBack() {
        visit();
        connect();

        page.click("role=button[name='Draw something']");
        page.waitForText("#picture-outcome", "bytes");
        page.focus("#drawn");
        page.press("ArrowRight");

        waitUntil("drawn.toDataURL().length > 2000 && drawn.toDataURL() === echoed.toDataURL()");
        assertThatNothingComplained();
    }

    @Test
    void givenACodeAndAReason_whenClosed_thenTheServerAnswersWithBoth() {
        visit();
        connect();
        page.fill("#code", "4321");
        page.fill("#reason", "größer");

        page.click("role=button[name='Close']");

        waitForEntry("close", "code 4321, reason \"größer\", wasClean true");
        page.waitForText("#state", "closed");
        assertThat(page.text("#ready-state")).isEqualTo("3 CLOSED");
        assertThat(page.text("#reason-length")).isEqualTo("8 of 123 bytes");
        assertThatNothingComplained();
    }

    @Test
    void givenWrongArguments_whenUsed_thenTheBrowsersWordsAreShown() {
        visit();

        page.click("role=button[name='Send text']");
        waitForEntry("error", "send(): there is no socket yet, connect first");
        page.fill("#protocols", "a b");
        page.click("role=button[name='Connect']");
        waitForEntry("error", "new WebSocket(): SyntaxError: ");
        page.fill("#protocols", "");
        connect();
        page.fill("#code", "1001");
        page.click("role=button[name='Close']");
        waitForEntry("error", "close(): InvalidAccessError: ");
        page.fill("#code", "");
        page.click("role=button[name='Close']");
        waitForEntry("close", "code 1005");
        page.click("role=button[name='Send text']");
        waitForEntry("error", "send() after the close: dropped, and bufferedAmount grew to 12 bytes");

        assertThat(page.cspViolations()).isEmpty();
    }

    @Test
    void givenAnotherServer_whenConnected_thenThePageSaysWhyItCannot() {
        visit();
        page.fill("#url", "ws://other.example/");

        page.click("role=button[name='Connect']");

        waitForEntry("note", "This page may connect to its own server only");
        waitForEntry("error", "");
    }

    @Test
    void givenAPathThatCloses_whenConnected_thenItsCodeIsSeen() {
        visit();
        page.fill("#url", "ws://127.0.0.1:" + server.port() + "/?close=4001&reason=told%20to");

        page.click("role=button[name='Connect']");

        waitForEntry("close", "code 4001, reason \"told to\", wasClean true");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "desktop, light, 1280, 800",
        "desktop, dark, 1280, 800",
        "phone, light, 390, 844",
        "phone, dark, 390, 844",
        "small phone, light, 320, 640",
    })
    void givenAScreen_whenLookedAt_thenThereIsNothingThatAnAuditFinds(
            String screen, String scheme, int width, int height) {
        visit(width, height);
        page.emulateMedia("colorScheme", scheme);
        page.fill("#protocols", "a-protocol-of-quite-some-length.v1");
        connect();
        page.click("role=button[name='Send text']");
        page.click("role=button[name='1 MB']");
        page.waitForText("#file-outcome", "came back the same");
        page.click("role=button[name='Draw something']");
        waitUntil("drawn.toDataURL() === echoed.toDataURL()");
        waitForEntry("message", "bytes (after");
        page.evaluate("scrollTo(0, 0)");
        screenshot(screen + "-" + scheme);

        page.fill("#code", "999");
        page.click("role=button[name='Close']");
        page.fill("#code", "4000");
        page.click("role=button[name='Close']");
        page.waitForText("#state", "closed");

        assertThat(audit()).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
                .isEqualTo(false);
        page.evaluate("scrollTo(0, document.body.scrollHeight)");
        screenshot(screen + "-" + scheme + "-end");
    }

    private void screenshot(String name) {
        page.screenshot("echo-" + name.replace(' ', '-'));
    }

    @Test
    void givenAKeyboardAndNoMouse_whenUsed_thenEverythingHasTheFocusInTurn() {
        visit();

        List<String> order = new java.util.ArrayList<>();
        for (int i = 0; i < 18; i++) {
            page.press("Tab");
            order.add((String) page.evaluate("document.activeElement.id || document.activeElement.innerText"
                    + " || document.activeElement.value"));
        }

        assertThat(order)
                .containsExactly(
                        "url",
                        "protocols",
                        "blob",
                        "Connect",
                        "text",
                        "Send text",
                        "code",
                        "reason",
                        "Close",
                        "file",
                        "Send file",
                        "1 kB",
                        "1 MB",
                        "16 MB",
                        "drawn",
                        "sketch",
                        "wipe",
                        "clear");
    }

    @Test
    void givenThePage_whenAScreenReaderAsks_thenItsPartsHaveNames() {
        visit();
        connect();

        String outline = page.accessibility("body");

        assertThat(outline)
                .contains("region \"Connection\"")
                .contains("textbox \"Message\"")
                .contains("progressbar \"Handed to the network\"")
                .contains("img \"Draw here, with the pointer or the arrow keys\"")
                .contains("complementary \"Events\"")
                .contains("log \"Events\"");
        Deadline.await("told", () -> page.accessibility("header").contains("status: open"));
    }

    /** The rules that the page breaks, each with the elements that do. */
    private List<?> audit() {
        page.evaluate(read(AXE.resolve("axe.min.js")) + "; null");
        return (List<?>) page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result =>"
                + " result.violations.map(violation => violation.id + ': '"
                + " + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')))");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("No axe-core at " + file + " (expected: installed by the chat page's build)", e);
        }
    }
}
