package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawPeer;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What a good client never sends, byte by byte: each gets its status, a text, and the end of the connection. */
class HttpProtocolTest {

    private static final String GET = "GET / HTTP/1.1";
    private static final String POST = "POST / HTTP/1.1";
    private static final String HOST = "Host: a";

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.builder()
                .eventLoops(1)
                .maxUriBytes(100)
                .maxHeaderBytes(200)
                .build();
        server.mount(
                "/",
                exchange -> exchange.readBody(1000, new HttpExchange.BodyReader() {
                    @Override
                    public void onBody(ByteBuffer body) {
                        exchange.respond(HttpResponse.text(200, "read " + body.remaining()));
                    }

                    @Override
                    public void onTooLarge() {
                        exchange.respond(HttpResponse.text(413, "too large"));
                    }
                }));
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/http-broken-requests.csv", delimiter = '\t')
    void givenABrokenRequest_whenSent_thenIsRefusedAndTheConnectionCloses(
            String name, int status, String text, String request) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head(GET, HOST)).send(bytes(request));

            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(peer.readToEnd())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Connection: close\r\n")
                    .endsWith("\r\n\r\n" + text + "\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/http-broken-requests.csv", delimiter = '\t')
    void givenABrokenRequest_whenSentByteByByte_thenIsRefusedAlike(
            String name, int status, String text, String request) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            for (byte b : bytes(request)) {
                peer.trySend(new byte[] {b});
            }

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    /** The bytes that a line of the vectors stands for. */
    private static byte[] bytes(String vector) {
        String repeated = Pattern.compile("(.)\\{(\\d+)}").matcher(vector).replaceAll(found -> found.group(1)
                .repeat(Integer.parseInt(found.group(2))));
        String unescaped = Pattern.compile("\\\\x(..)")
                .matcher(repeated)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
        return (unescaped.replace("|", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    @Test
    void givenABareLineFeed_whenSent_thenIsRefused() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.1\nHost: a\n\n");

            assertThat(peer.readToEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("A line ends with a bare LF (expected: CR LF)\n");
        }
    }

    @Test
    void givenTls_whenSentToThePlainPort_thenIsRefusedAtItsFirstByte() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.sendHex("16 03 01 02 00 01 00");

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void givenATargetWithoutEnd_whenSent_then414BeforeItEnds() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET /" + "x".repeat(300));

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void givenAFieldWithoutEnd_whenSent_then431BeforeItEnds() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(300));

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void givenEmptyLinesWithoutEnd_whenSent_thenAreRefused() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("\r\n".repeat(200));

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void givenFieldsOfExactlyTheLimit_whenSent_thenAreServed() {
        String field = "X: " + "x".repeat(200 - "Host: a\r\n".length() - "X: \r\n".length());

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("GET /" + "y".repeat(99) + " HTTP/1.1", HOST, field));
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ");
            peer.send(head(GET, HOST, field + "x"));
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void givenEqualLengths_whenSent_thenAreServed() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head(POST, HOST, "Content-Length: 3", "Content-Length: 3") + "abc");

            assertThat(peer.readResponse()).endsWith("read 3");
        }
    }
}
