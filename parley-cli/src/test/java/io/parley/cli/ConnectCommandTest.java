package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.echo.EchoServer;
import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions;
import io.parley.websocket.testing.Certificates;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The scripted mode, in this process. */
@Timeout(60)
class ConnectCommandTest {

    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = EchoServer.of(HttpServer.builder().eventLoops(1), ConnectionOptions.defaults())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url(String target) {
        return "ws://127.0.0.1:" + server.port() + target;
    }

    private int run(String input, String... args) {
        return run(new ByteArrayInputStream(input.getBytes(UTF_8)), out, args);
    }

    private int run(InputStream in, OutputStream to, String... args) {
        CommandLine command = new CommandLine(new ParleyCommand()).addSubcommand(new ConnectCommand(in, to));
        List<String> all = new ArrayList<>(List.of("connect"));
        all.addAll(List.of(args));
        return command.setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    @Test
    void givenLines_whenSent_thenEachAnswerIsALine() {
        int code = run("hello\nZoë 👋\n", "--wait", "0", url("/"));

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("hello\nZoë 👋\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givenManyLines_whenSent_thenNoAnswerIsMissing() {
        String input =
                IntStream.range(0, 20_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

        int code = run(input, "--wait", "0", url("/"));

        assertThat(code).isZero();
        assertThat(out()).isEqualTo(input);
    }

    @Test
    void givenAUrlWithoutAScheme_whenConnected_thenItIsWs() {
        int code = run("", "--send", "a", "--send", "b", "-n", "2", "127.0.0.1:" + server.port());

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("a\nb\n");
    }

    @ParameterizedTest
    @CsvSource({"hex, ca fe 00, cafe00", "base64, yv4A, yv4A", "text, ä, ä"})
    void givenAFormOfBinaryMessages_whenSent_thenTheAnswerIsInThatForm(String form, String line, String answer) {
        int code = run(line + "\n", "--binary", "--binary-as", form, "--once", url("/"));

        assertThat(code).isZero();
        assertThat(out()).isEqualTo(answer + "\n");
    }

    @Test
    void givenALineOfAnotherForm_whenSent_thenItSaysWhichLine() {
        int code = run("00\nxyz\n", "--binary", url("/"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "parley connect: Line 2: 'xyz' (expected: a binary message in hex," + " see --binary-as)\n");
    }

    @Test
    void givenJson_whenMessagesCome_thenEachEventIsAnObject() {
        int code = run("a \"quoted\"\t\u0001line\n", "--json", "--once", "--protocol", "v2,v1", url("/path"));

        assertThat(code).isZero();
        assertThat(withoutTimes())
                .containsExactly(
                        "{\"type\":\"open\",\"url\":\"" + url("/path") + "\",\"protocol\":\"v2\",\"extensions\":\"\"}",
                        "{\"type\":\"text\",\"data\":\"a \\\"quoted\\\"\\t\\u0001line\"}",
                        "{\"type\":\"close\",\"code\":1000,\"reason\":\"\",\"clean\":true}");
    }

    private List<String> withoutTimes() {
        assertThat(out().lines()).allMatch(line -> line.matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\",.*"));
        return out().lines()
                .map(line -> line.replaceFirst("\"time\":\"[^\"]+\",", ""))
                .toList();
    }

    @Test
    void givenJsonAndNoServer_whenConnected_thenTheErrorIsAnObjectToo() {
        int code = run("", "--json", "ws://host.invalid/");

        assertThat(code).isEqualTo(3);
        assertThat(withoutTimes())
                .satisfiesExactly(
                        error -> assertThat(error).contains("\"type\":\"error\"", "Host host.invalid "),
                        close -> assertThat(close)
                                .isEqualTo("{\"type\":\"close\",\"code\":1006,\"reason\":\"\",\"clean\":false}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000 | 0  | ''",
                "1001 | 11 | 1001 (going away): so",
                "1011 | 21 | 1011 (internal error): so",
                "1014 | 24 | 1014 (bad gateway): so",
                "3001 | 30 | 3001: so",
                "4999 | 40 | 4999: so",
            })
    void givenAServerThatCloses_whenConnected_thenTheExitCodeSaysHow(int closeCode, int exitCode, String words) {
        int code = run("", "--wait", "forever", url("/?close=" + closeCode + "&reason=so"));

        assertThat(code).isEqualTo(exitCode);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        words.isEmpty() ? "" : "parley connect: The server closed with " + words + "\n");
    }

    @Test
    void givenQuiet_whenTheServerCloses_thenOnlyTheExitCodeSaysHow() {
        int code = run("", "--quiet", "--wait", "forever", url("/?close=1011"));

        assertThat(code).isEqualTo(21);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givenFewerMessagesThanWanted_whenClosed_thenTheExitCodeSaysSo() {
        int code = run("", "--once", url("/?close=1000"));

        assertThat(code).isEqualTo(5);
    }

    @Test
    void givenAServerThatIsNotThere_whenConnected_thenOneLineSaysSo() {
        String url = url("/");
        server.close();

        int code = run("", url);

        assertThat(code).isEqualTo(3);
        assertThat(err.toString())
                .contains("parley connect: ", "refused", "; is the server running there?")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | --user",
                "403 | --origin",
                "404 | the path",
            })
    void givenAServerThatRefuses_whenConnected_thenOneLineSaysWhatWasReceivedAndWhatToDo(int status, String hint) {
        server.mount("/closed", exchange -> exchange.respond(HttpResponse.text(status, "no")));

        int code = run("", url("/closed"));

        assertThat(code).isEqualTo(4);
        assertThat(err.toString())
                .startsWith("parley connect: Handshake: ")
                .contains(" " + status + " ", "(expected: ", hint)
                .hasLineCount(1);
    }

    @Test
    void givenHandshakeOptions_whenConnected_thenTheServerSeesThem() {
        AtomicReference<String> seen = new AtomicReference<>();
        server.mount("/seen", exchange -> {
            List<String> fields = new ArrayList<>();
            exchange.request().headers().forEach((name, value) -> fields.add(name + ": " + value));
            seen.set(String.join("\n", fields));
            exchange.respond(HttpResponse.of(403));
        });

        run(
                "",
                "--protocol=v2,v1",
                "-H=X-Key: value",
                "--origin=https://app.example",
                "--cookie=a=1",
                "--cookie=b=2",
                "--user=Aladdin:open sesame",
                url("/seen"));

        assertThat(seen.get())
                .contains(
                        "Sec-WebSocket-Protocol: v2, v1",
                        "X-Key: value",
                        "Origin: https://app.example",
                        "Cookie: a=1; b=2",
                        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://a.example/         | --quiet           | URL 'ftp://a.example/' ",
                "ws://a.example/#fragment | --quiet           | URL 'ws://a.example/#fragment' ",
                "ws://a.example/          | --ca=nowhere.pem  | nowhere.pem",
                "ws://a.example/          | --cert=a.pem      | --cert and --key (expected: both of them, or none)",
                "ws://a.example/          | --pin=md5/abc     | (expected: ",
                "ws://a.example/          | --proxy=ftp://a:b@c | Invalid value for option '--proxy': 'c' (expected: such as",
                "ws://a.example/          | --protocol=a b    | protocols: 'a b' (expected: a token, such as chat.v1)",
                "ws://a.example/          | --header=no colon | --header: 'no colon' (expected: a name, a colon and a value)",
                "ws://a.example/          | --wait=soon       | --wait: soon (expected: seconds, 0 or more, or 'forever')",
                "ws://a.example/          | --user=me         | --user: 'me' without a password",
                "ws://a.example/          | --binary-as=octal | Invalid value for option '--binary-as'",
            })
    void givenAWrongArgument_whenRun_thenItSaysWhatIsRight(String url, String option, String message) {
        int code = run("", option, url);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(message);
    }

    @Test
    void givenNobodyWhoReads_whenAMessageComes_thenItEndsAsByASignal() {
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        int code = run(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)), closedPipe, url("/"));

        assertThat(code).isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givenAServerWithTls_whenItsAuthorityIsTrustedOrNothingIsChecked_thenItIsConnected(@TempDir Path folder) {
        Certificates authority = Certificates.authority("Connect test");
        String root = authority.writeRoot(folder.resolve("root.pem")).toString();
        String url = serveTls(authority, TlsOptions.builder(), folder);

        assertThat(run("", "--send", "a", "--once", "--ca", root, url)).isZero();
        assertThat(run("", "--send", "b", "--once", "--insecure", url)).isZero();
        assertThat(run("", "--send", "c", "--once", url)).isEqualTo(3);
        assertThat(out()).isEqualTo("a\nb\n");
        assertThat(err.toString())
                .startsWith("parley connect: ")
                .contains("; trust its authority with --ca, or check nothing with --insecure")
                .hasLineCount(1);
    }

    @Test
    void givenAServerThatAsksForACertificate_whenOneIsShown_thenItIsConnected(@TempDir Path folder) {
        Certificates authority = Certificates.authority("Connect test");
        Path root = authority.writeRoot(folder.resolve("root.pem"));
        Certificates.Signed client = authority.client("me");
        String certificate = client.writeChain(folder.resolve("me.pem")).toString();
        String key = client.writeKey(folder.resolve("me.key")).toString();
        String url = serveTls(
                authority,
                TlsOptions.builder()
                        .clientCertificates(TlsOptions.ClientCertificates.REQUIRED)
                        .trust(root),
                folder);

        int code = run("", "--send=a", "--once", "--ca=" + root, "--cert=" + certificate, "--key=" + key, url);

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("a\n");
    }

    private String serveTls(Certificates authority, TlsOptions.Builder tls, Path folder) {
        Certificates.Signed signed = authority.server();
        server.close();
        server = EchoServer.of(
                        HttpServer.builder()
                                .eventLoops(1)
                                .tls(tls.certificate(
                                                signed.writeChain(folder.resolve("server.pem")),
                                                signed.writeKey(folder.resolve("server.key")))
                                        .build()),
                        ConnectionOptions.defaults())
                .start();
        return "wss://127.0.0.1:" + server.port() + "/";
    }

    @Test
    void givenAProxyThatRefuses_whenConnected_thenOneLineSaysSo() throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuseOne(proxy));

            int code = run("", "--proxy=http://127.0.0.1:" + proxy.getLocalPort(), "ws://server.example:81/");

            assertThat(Deadline.get(asked)).isEqualTo("CONNECT server.example:81 HTTP/1.1");
            assertThat(code).isEqualTo(4);
            assertThat(err.toString())
                    .startsWith("parley connect: ")
                    .contains("403 ")
                    .hasLineCount(1);
        }
    }

    private static String refuseOne(ServerSocket proxy) {
        try (Socket client = proxy.accept();
                BufferedReader request = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            String first = request.readLine();
            for (String line = first; !line.isEmpty(); line = request.readLine()) {}
            client.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givenHelp_whenAsked_thenOptionsAndExitCodesAreExplained() {
        StringWriter help = new StringWriter();
        int code = Main.commandLine().setOut(new PrintWriter(help)).execute("connect", "--help");

        assertThat(code).isZero();
        assertThat(help.toString())
                .contains("--protocol", "--header", "--origin", "--cookie", "--user", "--location")
                .contains("--connect-timeout", "--ping", "--max-message", "--no-deflate")
                .contains("--proxy", "--ca", "--cert", "--key", "--pin", "--insecure")
                .contains("--send", "--binary", "--binary-as", "--once", "--wait", "--json", "--quiet")
                .contains("Exit codes:", "11 to 25", "141");
    }
}
