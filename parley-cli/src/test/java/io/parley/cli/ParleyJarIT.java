package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that people run, run as they do. */
@Timeout(120)
class ParleyJarIT {

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

    @Test
    void givenTheJar_whenChatRuns_thenThePageIsServedAndNothingIsOnStandardError() throws Exception {
        Process chat =
                start("chat", "--port", "0", "--data", folder.resolve("data").toString());
        BufferedReader out = chat.inputReader(UTF_8);
        String open = out.readLine();

        HttpResponse<String> page = get(open.substring(open.indexOf("http")));
        chat.toHandle().destroy(); // SIGTERM
        List<String> rest = out.lines().toList();

        assertThat(open).matches("The chat is open at http://127\\.0\\.0\\.1:\\d+/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self';"));
        assertThat(rest)
                .containsExactly(
                        "Its history is kept in " + folder.resolve("data"),
                        "Only this computer can reach it; to open it to the network, add --host 0.0.0.0",
                        "Press Ctrl-C to stop",
                        "The chat is closed");
        assertThat(chat.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(jar.errors(chat)).isEmpty();
    }

    @Test
    void givenAPortThatIsTaken_whenChatRuns_thenOneLineSaysSo() throws Exception {
        Process first =
                start("chat", "--port", "0", "--data", folder.resolve("one").toString());
        String open = first.inputReader(UTF_8).readLine();
        String port = URI.create(open.substring(open.indexOf("http"))).getPort() + "";

        Process second =
                start("chat", "--port", port, "--data", folder.resolve("two").toString());

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(jar.errors(second).lines())
                .singleElement()
                .asString()
                .startsWith("parley chat: ")
                .contains(port);
    }

    @Test
    void givenADataFolderInUse_whenChatRuns_thenItSaysByWhom() throws Exception {
        String data = folder.resolve("data").toString();
        Process first = start("chat", "--port", "0", "--data", data);
        first.inputReader(UTF_8).readLine();

        Process second = start("chat", "--port", "0", "--data", data);

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(jar.errors(second))
                .isEqualToNormalizingNewlines("parley chat: Data folder " + data + " is in use by process "
                        + first.pid() + " (expected: one server a folder); stop that one or choose another folder\n");
    }

    private Process start(String... args) {
        return jar.start(args);
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
