package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.echo.EchoServer;
import io.parley.testkit.Json;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions;
import io.parley.websocket.testing.Certificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code parley bench} against {@code parley echo}, in this process. */
@Timeout(60)
class BenchCommandTest {

    private static final List<String> SHORT = List.of("-c=3", "-t=0.2", "--warm-up=0");

    private static HttpServer server;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        ConnectionOptions limits =
                ConnectionOptions.builder().deflate(DeflateOptions.defaults()).build();
        server = EchoServer.of(HttpServer.builder().eventLoops(1), limits).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private int run(String url, String... args) {
        List<String> all = new ArrayList<>(List.of("bench", url));
        all.addAll(SHORT);
        all.addAll(List.of(args));
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.setOverwrittenOptionsAllowed(true).execute(all.toArray(String[]::new));
    }

    private static String url(String scheme, String path) {
        return scheme + "://127.0.0.1:" + server.port() + path;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http | /     | echo      | websocket | --window=2    | echo, 3 connections, 64 B, window 2",
                "http | /room | echo      | polling   | --binary      | echo, 3 connections, 64 B, window 1",
                "http | /     | echo      | upgrade   | --event=other | echo, 3 connections, 64 B, window 1",
                "http | /     | ack       | websocket | --binary      | ack, 3 connections, 64 B, window 1",
                "http | /room | ack       | polling   | --rate=500    | ack, 3 connections, 64 B, 500 messages/s",
                "http | /room | broadcast | websocket | --senders=2   | broadcast, 3 connections, 2 of them send, 64 B, window 1",
                "http | /     | broadcast | upgrade   | --rate=200    | broadcast, 3 connections, 1 of them send, 64 B, 200 messages/s",
                "http | /     | connect   | upgrade   | --ramp=2      | connect, 2 at a time",
                "http | /     | idle      | polling   | --ramp=2      | idle, 3 connections",
                "ws   | /any  | echo      | websocket | --payload=1K  | echo, 3 connections, 1.0 KiB, window 1",
                "ws   | /any  | echo      | websocket | --binary      | echo, 3 connections, 64 B, window 1",
                "ws   | /any  | echo      | websocket | --deflate --payload=4K | echo, 3 connections, 4.0 KiB, window 1",
                "ws   | /     | ack       | upgrade   | --socketio    | ack, 3 connections, 64 B, window 1"
            })
    void givenTheEchoServer_whenLoaded_thenItIsMeasured(
            String scheme, String path, String scenario, String transport, String option, String described) {
        List<String> options = new ArrayList<>(List.of("-s=" + scenario, "--transport=" + transport));
        options.addAll(List.of(option.split(" ", -1)));

        int code = run(url(scheme, path), options.toArray(String[]::new));

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("Scenario    " + described + "\n", "\nNetwork     ", "\nOwn CPU     ")
                .containsPattern(scenario.equals("idle") ? "Connected   3 in " : "Operations  [0-9,]+ \\w+ in ");
        assertThat(code).isZero();
    }

    @Test
    void givenJson_whenWrittenToAFile_thenTheTableIsPrintedToo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bench.json");

        int code = run(url("http", "/"), "--json=" + file);

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Operations ");
        Map<String, Object> json = Json.parseObject(Files.readString(file));
        assertThat(json)
                .containsEntry("scenario", "echo")
                .containsEntry("wire", "socketio_websocket")
                .containsEntry("ok", true)
                .containsKeys("url", "connections", "payloadBytes", "connected");
        assertThat(String.valueOf(json.get("measured"))).contains("operationsPerSecond=", "latencyMicros={");
    }

    @Test
    void givenJsonToStandardOutput_whenRun_thenNothingElseIsThere() {
        int code = run(url("http", "/"), "--json=-");

        assertThat(code).isZero();
        assertThat(out.toString()).hasLineCount(1);
        assertThat(Json.parseObject(out.toString())).containsEntry("ok", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "http://192.0.2.1/ | -q | URL 'http://192.0.2.1/' is not on this computer (expected: 127.0.0.1 or localhost); --allow-remote loads other computers, too",
                "ftp://127.0.0.1/ | -q | URL 'ftp://127.0.0.1/' (expected: ws://, wss://, http:// or https:// and a host)",
                "ws://127.0.0.1/ | -s=ack | --scenario ack over raw WebSocket (expected: connect, idle, echo or broadcast); http:// or --socketio has acknowledgements",
                "http://127.0.0.1/ | -c=100001 | --connections: 100001 (expected: 1 to 100000)",
                "http://127.0.0.1/ | --senders=4 | --senders: 4 (expected: 1 to 3)",
                "http://127.0.0.1/ | --rate=10000001 | --rate: 10000001 (expected: 0 to 10000000)",
                "http://127.0.0.1/ | --duration=86401 | --duration: 86401 (expected: 0 to 86400)",
                "http://127.0.0.1/ | --window=1048577 | --window: 1048577 (expected: 1 to 1048576)",
                "http://127.0.0.1/ | --payload=7 | payload bytes: 7 (expected: 8 to 16777216)",
                "http://127.0.0.1/ | --ramp=0 | connecting: 0 (expected: 1 to 10000)",
                "http://127.0.0.1/ | --namespace=a | namespace: 'a' (expected: a slash first, and no comma)",
                "http://127.0.0.1/ | --deflate | deflate: true (expected: false for Socket.IO)",
                "http://127.0.0.1/ | --header=no | --header: 'no' (expected: 'Name: value')"
            })
    void givenWhatMayNotBe_whenRun_thenItSaysWhatMay(String url, String option, String message) {
        int code = run(url, option);

        assertThat(err.toString()).isEqualTo("parley bench: " + message + "\n");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void givenAServerThatAnswersWrongly_whenLoaded_thenItIsNoResult() {
        HttpServer liar = HttpServer.builder()
                .eventLoops(1)
                .build()
                .webSocket("/", socket -> socket.onText(text -> socket.send("something else")))
                .start();
        try (liar) {
            int code = run("ws://127.0.0.1:" + liar.port() + "/", "--json=-");

            assertThat(err.toString())
                    .matches(
                            "parley bench: Connection [1-3]: The server sent a text message of 14 bytes, 'something else'"
                                    + " \\(expected: a text message of 64 bytes\\)\n");
            assertThat(Json.parseObject(out.toString()))
                    .containsEntry("ok", false)
                    .containsKey("error");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void givenAServerThatIsSilent_whenLoaded_thenItSaysHowMuchIsMissing() {
        HttpServer silent = HttpServer.builder()
                .eventLoops(1)
                .build()
                .webSocket("/", socket -> {})
                .start();
        try (silent) {
            int code = run("ws://127.0.0.1:" + silent.port() + "/", "--patience=0.3", "-t=20");

            assertThat(err.toString())
                    .contains("parley bench: Nothing came for 300 ms: 3 answers are missing (expected: all of them)\n");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void givenNobody_whenLoaded_thenItIsNotConnected() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        int code = run("http://localhost:" + port + "/");

        assertThat(err.toString())
                .startsWith("parley bench: Connection ")
                .contains("cannot connect to http://localhost:" + port);
        assertThat(code).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"wss, websocket", "https, websocket", "https, upgrade"})
    void givenACertificate_whenLoadedOverTls_thenItIsTrustedOnlyAsToldSo(
            String scheme, String transport, @TempDir Path folder) {
        Certificates authority = Certificates.authority("Bench test");
        Certificates.Signed signed = authority.server();
        Path trusted = authority.writeRoot(folder.resolve("ca.pem"));
        TlsOptions tls = TlsOptions.of(
                signed.writeChain(folder.resolve("server.pem")), signed.writeKey(folder.resolve("server.key")));
        HttpServer secure = EchoServer.of(HttpServer.builder().eventLoops(1).tls(tls), ConnectionOptions.defaults())
                .start();
        try (secure) {
            String url = scheme + "://127.0.0.1:" + secure.port() + "/";

            assertThat(run(url, "--transport=" + transport)).isEqualTo(3);
            assertThat(err.toString()).contains("TLS: ");
            assertThat(run(url, "--transport=" + transport, "--ca=" + trusted)).isZero();
            assertThat(run(url, "--transport=" + transport, "--insecure")).isZero();
        }
    }
}
