package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code parley echo} and {@code parley connect} as processes, with each other and with a server of Node. */
@Timeout(180)
class ConnectJarIT {

    private static final Path NODE_SERVER = Path.of("src", "test", "node", "ws-server.cjs");

    @TempDir
    Path folder;

    private ParleyJar jar;

    @BeforeEach
    void prepare() {
        jar = new ParleyJar(folder);
    }

    @AfterEach
    void stopAll() {
        jar.close();
    }

    /** Starts an echo server and gives its URL. */
    private String echo() throws IOException {
        BufferedReader out = jar.start("echo", "--port", "0").inputReader(UTF_8);
        String line = out.readLine();
        assertThat(line)
                .matches("Echo at ws://127\\.0\\.0\\.1:\\d+/, the page to try it at http://127\\.0\\.0\\.1:\\d+/");
        return line.substring("Echo at ".length(), line.indexOf(','));
    }

    private static String nodeUrl(NodePeer node, boolean deflate) {
        return "ws://127.0.0.1:" + node.call("listen", deflate);
    }

    @Test
    void givenAPipeOf5000Lines_whenEchoed_thenNoneIsMissing() throws Exception {
        String lines =
                IntStream.range(0, 5000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Process connect = jar.start("connect", echo());
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> ParleyJar.write(connect, lines));

        String answer = ParleyJar.output(connect);

        assertThat(jar.exitCode(connect)).isZero();
        assertThat(answer).isEqualTo(lines);
        assertThat(jar.errors(connect)).isEmpty();
        Deadline.get(written);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void givenANodeServer_whenLinesAreSent_thenTheAnswersAreJson(boolean deflate) {
        try (NodePeer node = NodePeer.start(NODE_SERVER)) {
            Process connect = jar.start("connect", "--json", "--once", nodeUrl(node, deflate) + "/echo");
            String line = "Zoë 👋 ".repeat(500); // long enough to be compressed
            ParleyJar.write(connect, line + "\n");

            List<String> events = ParleyJar.output(connect).lines().toList();

            assertThat(jar.exitCode(connect)).isZero();
            assertThat(events).hasSize(3);
            assertThat(events.get(0))
                    .contains("\"type\":\"open\"", deflate ? "permessage-deflate" : "\"extensions\":\"\"");
            assertThat(events.get(1)).contains("\"type\":\"text\"", "\"data\":\"" + line + "\"");
            assertThat(events.get(2)).contains("\"type\":\"close\"", "\"code\":1000", "\"clean\":true");
            assertThat(node.nextEvent("close")).isEqualTo("1000");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/close/1000/done | 0  | ''",
                "/close/1011/oops | 21 | parley connect: The server closed with 1011 (internal error): oops",
                "/close/4001/bye  | 40 | parley connect: The server closed with 4001: bye",
                "/cut             | 16 | parley connect: ",
            })
    void givenANodeServerThatEnds_whenItDoes_thenTheExitCodeSaysHow(String path, int exitCode, String message) {
        try (NodePeer node = NodePeer.start(NODE_SERVER)) {
            Process connect =
                    jar.start("connect", "--send", "end it", "--wait", "forever", nodeUrl(node, false) + path);

            assertThat(jar.exitCode(connect)).isEqualTo(exitCode);
            assertThat(jar.errors(connect)).startsWith(message).hasLineCount(message.isEmpty() ? 0 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void givenASignal_whenItComes_thenTheServerIsToldGoodbye(String signal, int exitCode) throws Exception {
        try (NodePeer node = NodePeer.start(NODE_SERVER)) {
            Process connect = jar.start(ParleyJar.interruptible("connect", "--json", nodeUrl(node, false) + "/echo"));
            assertThat(connect.inputReader(UTF_8).readLine()).contains("\"type\":\"open\"");

            new ProcessBuilder("kill", "-" + signal, String.valueOf(connect.pid())).start();

            assertThat(jar.exitCode(connect)).isEqualTo(exitCode);
            assertThat(node.nextEvent("close")).isEqualTo("1000");
            assertThat(jar.errors(connect)).isEmpty();
        }
    }

    @Test
    void givenAReaderThatLeaves_whenMessagesCome_thenItEndsQuietlyAsByASignal() throws Exception {
        String connect = String.join(" ", ParleyJar.command("connect", echo()));
        Process pipe =
                jar.start(List.of("sh", "-c", "{ seq 100000 | " + connect + "; echo \"code $?\" >&2; } | head -1"));

        String answer = ParleyJar.output(pipe);

        assertThat(jar.exitCode(pipe)).isZero();
        assertThat(answer).isEqualTo("1\n");
        assertThat(jar.errors(pipe).lines().filter(line -> !line.startsWith("seq: ")))
                .containsExactly("code 141");
    }

    @Test
    void givenNobodyAtThePort_whenConnected_thenOneLineSaysSo() {
        Process connect = jar.start("connect", "ws://127.0.0.1:1/");

        assertThat(jar.exitCode(connect)).isEqualTo(3);
        assertThat(jar.errors(connect))
                .startsWith("parley connect: ")
                .contains("refused")
                .hasLineCount(1);
    }

    @Test
    void givenATerminal_whenLinesAreTyped_thenItIsInteractive() throws Exception {
        String command = String.join(" ", ParleyJar.command("connect", echo()));
        Process terminal = jar.start(List.of("script", "-qec", command, "/dev/null"));
        StringBuilder screen = new StringBuilder();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> copy(terminal.inputReader(UTF_8), screen));

        type(terminal, "/info\r", "Connected to ws://", screen);
        type(terminal, "hello\r", "no protocol", screen);
        type(terminal, "/close 4000 done\r", "< ", screen);

        Deadline.get(read);
        assertThat(jar.exitCode(terminal)).isZero();
        assertThat(screen.toString()).contains("hello", "Closed with 4000");
        assertThat(folder.resolve("state/parley/connect-history")).content().contains("hello");
    }

    /** Types when something is on the screen. */
    private static void type(Process terminal, String keys, String expected, StringBuilder screen) throws IOException {
        Deadline.await(expected, () -> {
            synchronized (screen) {
                return screen.indexOf(expected) >= 0;
            }
        });
        terminal.getOutputStream().write(keys.getBytes(UTF_8));
        terminal.getOutputStream().flush();
    }

    private static void copy(BufferedReader from, StringBuilder to) {
        try {
            for (int c = from.read(); c >= 0; c = from.read()) {
                synchronized (to) {
                    to.append((char) c);
                }
            }
        } catch (IOException expected) {
            // The terminal is gone.
        }
    }
}
