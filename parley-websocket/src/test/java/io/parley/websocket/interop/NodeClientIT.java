package io.parley.websocket.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.NodePeer;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.TlsOptions;
import io.parley.websocket.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client of Node's {@code ws} against our server. */
class NodeClientIT {

    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000};
    private static final List<String> V1 = List.of("v2", "v1");

    private static final ConnectionOptions PLAIN = ConnectionOptions.builder()
            .maxMessageBytes(2_000_000) // text is longer in bytes than in characters
            .build();
    private static final ConnectionOptions DEFLATE =
            PLAIN.toBuilder().deflate(DeflateOptions.defaults()).build();

    private static NodePeer node;

    @BeforeAll
    static void startNode() {
        node = NodePeer.start(Path.of("src/test/node/ws-round-trips.cjs"));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    private static String connect(EchoEndpoint server, String path, Map<String, Object> options) {
        return String.valueOf(node.call("connect", "ws://127.0.0.1:" + server.port() + path, V1, options));
    }

    /** Every kind and size, whole and in fragments. */
    private static void assertThatEverythingComesBack() {
        for (boolean binary : new boolean[] {true, false}) {
            for (int size : SIZES) {
                assertThat(node.call("roundTrip", binary, size, 0))
                        .as("binary %s, size %s", binary, size)
                        .isEqualTo(true);
            }
            assertThat(node.call("roundTrip", binary, 100_000, 30_000))
                    .as("binary %s, fragments", binary)
                    .isEqualTo(true);
        }
    }

    static Stream<Arguments> negotiations() {
        return Stream.of(
                Arguments.of(PLAIN, Map.of("perMessageDeflate", false), "v1;"),
                Arguments.of(PLAIN, Map.of("perMessageDeflate", true), "v1;"),
                Arguments.of(DEFLATE, Map.of("perMessageDeflate", false), "v1;"),
                Arguments.of(DEFLATE, Map.of("perMessageDeflate", true), "v1;permessage-deflate"),
                Arguments.of(
                        DEFLATE,
                        Map.of("perMessageDeflate", Map.of("serverNoContextTakeover", true)),
                        "v1;permessage-deflate"),
                Arguments.of(
                        DEFLATE,
                        Map.of("perMessageDeflate", Map.of("clientNoContextTakeover", true, "threshold", 0)),
                        "v1;permessage-deflate"),
                Arguments.of(
                        PLAIN.toBuilder()
                                .deflate(DeflateOptions.builder()
                                        .threshold(0)
                                        .serverNoContextTakeover(true)
                                        .clientNoContextTakeover(true)
                                        .clientMaxWindowBits(10)
                                        .build())
                                .build(),
                        Map.of("perMessageDeflate", Map.of("threshold", 0)),
                        "v1;permessage-deflate"));
    }

    @ParameterizedTest
    @MethodSource("negotiations")
    void givenAClient_whenItSendsEverything_thenEverythingComesBack(
            ConnectionOptions options, Map<String, Object> client, String agreed) {
        try (EchoEndpoint server = EchoEndpoint.start(options, null)) {
            assertThat(connect(server, "/echo", client)).isEqualTo(agreed);

            assertThatEverythingComesBack();

            assertThat(node.call("close", 1000, "bye")).asString().startsWith("1000");
            assertThat(server.nextClose()).isEqualTo("1000 bye");
        }
    }

    @Test
    void givenTls_whenItSendsEverything_thenEverythingComesBack(@TempDir Path folder) throws IOException {
        Certificates authority = Certificates.authority("Interop");
        Certificates.Signed signed = authority.server();
        TlsOptions tls = TlsOptions.of(
                signed.writeChain(folder.resolve("server.pem")), signed.writeKey(folder.resolve("server.key")));
        String root = Files.readString(authority.writeRoot(folder.resolve("root.pem")));
        try (EchoEndpoint server = EchoEndpoint.start(DEFLATE, tls)) {
            String url = "wss://127.0.0.1:" + server.port() + "/echo";

            assertThat(node.call("connect", url, V1, Map.of("ca", root))).isEqualTo("v1;permessage-deflate");

            assertThatEverythingComesBack();
            assertThat(node.call("close", 1000, "")).isEqualTo("1000");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000", "1001", "1011", "3000", "4999"})
    void givenAServerThatCloses_whenItDoes_thenTheClientSeesHow(int code) {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            connect(server, "/close", Map.of());

            assertThat(node.call("sendAndWaitForClose", code + " größer")).isEqualTo(code + " größer");
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"1000, done, 1000 done", "4321, '', 4321", "null, null, 1005"},
            nullValues = "null")
    void givenAClientThatCloses_whenItDoes_thenTheServerSeesHow(Integer code, String reason, String seen) {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            connect(server, "/echo", Map.of());

            assertThat(node.call("close", code, reason)).asString().startsWith(seen.substring(0, 4));

            assertThat(server.nextClose()).isEqualTo(seen);
        }
    }

    @Test
    void givenAMessageAboveTheLimit_whenItIsSent_thenTheClientSees1009() {
        try (EchoEndpoint server = EchoEndpoint.start(
                ConnectionOptions.builder().maxMessageBytes(10).build(), null)) {
            connect(server, "/echo", Map.of());

            assertThat(node.call("sendAndWaitForClose", "01234567890"))
                    .asString()
                    .startsWith("1009");
        }
    }

    @Test
    void givenAPing_whenItIsSent_thenItIsAnswered() {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            connect(server, "/echo", Map.of());

            assertThat(node.call("ping", "are you there?")).isEqualTo("are you there?");
        }
    }
}
