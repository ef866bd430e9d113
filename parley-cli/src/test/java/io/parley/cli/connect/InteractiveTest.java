package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.echo.EchoServer;
import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.server.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interactive mode, on a terminal whose keys are pressed by the test. */
@Timeout(60)
class InteractiveTest {

    private static final Plan PLAN = new Plan(List.of(), false, BinaryForm.HEX, 0, Duration.ZERO, false, false);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private HttpServer server;
    private CompletableFuture<Integer> exitCode;

    @BeforeEach
    void start() {
        server = EchoServer.of(HttpServer.builder().eventLoops(1), ConnectionOptions.defaults())
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        keyboard.close();
    }

    private void connect(String target, Map<String, String> environment) throws IOException {
        Terminal terminal =
                new ExternalTerminal("test", "xterm-256color", new PipedInputStream(keyboard), screen, UTF_8);
        terminal.setSize(Size.of(100, 30));
        exitCode = CompletableFuture.supplyAsync(() -> {
            try {
                return Interactive.run(
                        WebSocket.builder("ws://127.0.0.1:" + server.port() + target),
                        PLAN,
                        terminal,
                        environment,
                        history());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void connect() throws IOException {
        connect("/", Map.of());
        waitFor("Connected to ws://127.0.0.1:" + server.port() + "/");
        waitForPrompt();
    }

    private Path history() {
        return folder.resolve("state/history");
    }

    private void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(UTF_8));
        keyboard.flush();
    }

    /** What is on the screen, without what moves the cursor and sets colours. */
    private String screen() {
        return screen.toString(UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }

    private void waitFor(String text) {
        try {
            Deadline.await(text, () -> screen().contains(text));
        } catch (RuntimeException notThere) {
            throw new AssertionError(
                    text + " (expected on the screen); there is:\n"
                            + screen.toString(UTF_8).replace("\u001b", "ESC"),
                    notThere);
        }
    }

    /** Only when it is there are control keys for the line editor. */
    private void waitForPrompt() {
        Deadline.await("prompt", () -> screen().stripTrailing().endsWith(">"));
    }

    @Test
    void givenALine_whenTyped_thenItsAnswerStandsAboveThePrompt() throws IOException {
        connect();

        type("hello!\r");

        waitFor("< hello!");
        waitForPrompt();
        type("\u0004"); // Ctrl-D
        waitFor("Closed with 1000 (normal)");
        assertThat(Deadline.get(exitCode)).isZero();
        assertThat(Files.readString(history())).contains("hello!");
    }

    @Test
    void givenLinesInOnePaste_whenEnterIsPressed_thenTheyAreOneMessage() throws IOException {
        connect();

        type("\u001b[200~first\nsecond\u001b[201~\r");
        waitFor("< first");
        type("/info\r");

        waitFor("received 1 frames, ");
        assertThat(screen()).containsPattern("< first\\s+second");
    }

    @Test
    void givenSlashCommands_whenTyped_thenTheyAreDone() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        connect();

        type("/help\r");
        waitFor("/close [CODE [REASON]]");
        type("/ping now\r");
        waitFor("Answered after ");
        type("/binary ca fe\r");
        waitFor("< 2 bytes: ca fe");
        type("/file " + file + "\r");
        waitFor("< 3 bytes: 01 02 03");
        type("//text\r");
        waitFor("< /text");
        type("/close 4321 that is it\r");

        waitFor("Closed with 4321");
        assertThat(Deadline.get(exitCode)).isZero();
    }

    @Test
    void givenWhatIsWrong_whenTyped_thenItSaysWhatIsRight() throws IOException {
        connect();

        type("/clsoe\r");
        waitFor("! /clsoe (expected: one of /close, /ping,");
        type("/close 1001\r");
        waitFor("! close code: 1001 (expected: 1000, or 3000 to 4999)");
        type("/binary xyz\r");
        waitFor("! 'xyz' (expected: a binary message in hex");
        type("/file nowhere\r");
        waitFor("! 'nowhere' (expected: a file that can be read)");
        type("still here\r");
        waitFor("< still here");
    }

    @Test
    void givenTheBeginningOfACommand_whenTabIsPressed_thenItIsCompleted() throws IOException {
        connect();

        type("/pi\t\r");

        waitFor("Answered after ");
    }

    @Test
    void givenAServerThatCloses_whenSomethingIsBeingTyped_thenItEnds() throws IOException {
        connect("/?close=1011&reason=so", Map.of());

        waitFor("The server closed with 1011 (internal error): so");
        assertThat(Deadline.get(exitCode)).isEqualTo(21);
    }

    @Test
    void givenNoColor_whenMessagesCome_thenThereIsNone() throws IOException {
        connect("/", Map.of("NO_COLOR", "1"));
        waitFor("Connected");

        type("plain\r");

        waitFor("< plain");
        assertThat(screen.toString(UTF_8)).doesNotContainPattern("\u001b\\[[0-9;]*3[0-9]m");
    }

    @Test
    void givenColours_whenMessagesCome_thenTheirMarkIsGreen() throws IOException {
        connect();

        type("green\r");

        waitFor("< green");
        assertThat(screen.toString(UTF_8)).containsPattern("\u001b\\[[0-9;]*32[0-9;]*m< ");
    }

    @Test
    void givenCtrlC_whenALineIsBegun_thenItIsForgottenAndASecondOneCloses() throws IOException {
        connect();

        type("unfinished");
        waitFor("unfinished");
        type("\u0003");
        waitForPrompt();
        type("next\r");
        waitFor("< next");
        waitForPrompt();
        type("\u0003");

        waitFor("Closed with 1000 (normal)");
        assertThat(Deadline.get(exitCode)).isZero();
        assertThat(screen()).doesNotContain("< unfinished");
    }
}
