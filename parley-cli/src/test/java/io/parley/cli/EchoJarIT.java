package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.Certificates;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley echo} as a process, at other places than a plain port. */
@Timeout(120)
class EchoJarIT {

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
    void givenACertificate_whenEchoRuns_thenThePageIsServedByTls() throws Exception {
        Certificates authority = Certificates.authority("Echo test");
        Certificates.Signed signed = authority.server();
        Path certificate = signed.writeChain(folder.resolve("server.pem"));
        Path key = signed.writeKey(folder.resolve("server.key"));

        Process echo = jar.start("echo", "--port=0", "--cert=" + certificate, "--key=" + key);
        String greeting = echo.inputReader(UTF_8).readLine();
        HttpResponse<String> page = HttpClient.newBuilder()
                .sslContext(authority.clientContext())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(greeting.substring(greeting.indexOf("https://"))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(greeting)
                .matches("Echo at wss://127\\.0\\.0\\.1:\\d+/, the page to try it at https://127\\.0\\.0\\.1:\\d+/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Parley echo</title>");
        assertThat(jar.errors(echo)).isEmpty();
    }

    @Test
    void givenACertificateThatIsMissing_whenEchoRuns_thenOneLineSaysWhich() {
        Process echo = jar.start("echo", "--port=0", "--cert=nowhere.pem", "--key=nowhere.key");

        assertThat(jar.exitCode(echo)).isEqualTo(1);
        assertThat(jar.errors(echo))
                .startsWith("parley echo: ")
                .contains("nowhere.pem")
                .hasLineCount(1);
    }

    @Test
    void givenAUnixSocket_whenEchoRuns_thenItListensThere() throws Exception {
        Path socket = folder.resolve("echo.sock");

        Process echo = jar.start("echo", "--unix-socket=" + socket);
        String greeting = echo.inputReader(UTF_8).readLine();

        assertThat(greeting).isEqualTo("Echo at the Unix domain socket " + socket);
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: echo\r\n\r\n".getBytes(UTF_8)));

            assertThat(new Scanner(Channels.newInputStream(client), UTF_8).nextLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }
}
