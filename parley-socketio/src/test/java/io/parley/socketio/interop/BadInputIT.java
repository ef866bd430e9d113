package io.parley.socketio.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers that misbehave on every layer, over real sockets: each gets its answer, another connection does not notice, and
 * the log stays quiet. That no buffer leaks is checked for every test.
 */
class BadInputIT {

    private static final String HOST = "Host: 127.0.0.1\r\n";

    private static ScenarioServer server;

    private QuietLog log;
    private Visitor witness;

    @BeforeAll
    static void start() {
        server = ScenarioServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void watch() {
        log = new QuietLog();
        witness = Visitor.connect(server.port());
    }

    @AfterEach
    void expectThatNobodyNoticed() {
        witness.expectEcho("still here");
        witness.close();
        log.expectNothingAboveDebug();
        log.close();
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad("garbage", "\u0000\u0001\u0002\u0003 nothing that anybody speaks\r\n\r\n", "400"),
                bad("a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", "400"),
                bad("a version that is none", "GET / HTTP/9.9\r\n" + HOST + "\r\n", "505|400"),
                bad("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505|400"),
                bad("no version", "GET /\r\n\r\n", "400"),
                bad("no host", "GET / HTTP/1.1\r\n\r\n", "400"),
                bad("two hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: other\r\n\r\n", "400"),
                bad("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400"),
                bad("a folded header", "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n", "400"),
                bad("a control character", "GET / HTTP/1.1\r\n" + HOST + "A: b\u0000c\r\n\r\n", "400"),
                bad("a bare CR", "GET / HTTP/1.1\r\n" + HOST + "A: b\rC: d\r\n\r\n", "400"),
                bad(
                        "a length and chunks",
                        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
                        "400"),
                bad("two lengths", post("Content-Length: 4\r\nContent-Length: 5\r\n") + "abcde", "400"),
                bad("a list of lengths", post("Content-Length: 4, 5\r\n") + "abcde", "400"),
                bad("a negative length", post("Content-Length: -1\r\n"), "400"),
                bad("a signed length", post("Content-Length: +3\r\n") + "abc", "400"),
                bad("a length in hex", post("Content-Length: 0x3\r\n") + "abc", "400"),
                bad("a coding that is none", post("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n", "400|501"),
                bad("chunked that is not last", post("Transfer-Encoding: chunked, gzip\r\n") + "0\r\n\r\n", "400|501"),
                bad("a chunk size that is none", post("Transfer-Encoding: chunked\r\n") + "zz\r\n\r\n", "400"),
                bad("a huge chunk size", post("Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", "400|413"),
                bad("a long target", "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n", "414"),
                bad("a huge header", "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(20_000) + "\r\n\r\n", "431"));
    }

    private static Arguments bad(String name, String request, String status) {
        return Arguments.of(name, request, status);
    }

    private static String post(String headers) {
        return "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + HOST + headers + "\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void givenARequestThatIsWrong_whenSent_thenOneAnswerSaysSoAndTheConnectionEnds(
            String name, String request, String status) {
        // What follows must not be taken for a second request: that would be smuggled in.
        String following = "GET /socket.io/smuggled HTTP/1.1\r\n" + HOST + "\r\n";
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.trySend((request + following).getBytes(ISO_8859_1));

            String answers = peer.readToEnd();

            assertThat(answers).matches("(?s)HTTP/1\\.1 (" + status + ") .*");
            assertThat(answers.split("HTTP/1\\.1 \\d{3} ", -1)).as(answers).hasSize(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "transport=polling&EIO=3, 5, Unsupported protocol version",
        "transport=polling, 5, Unsupported protocol version",
        "EIO=4, 0, Transport unknown",
        "EIO=4&transport=pigeon, 0, Transport unknown",
        "EIO=4&transport=polling&sid=none, 1, Session ID unknown",
        "EIO=4&transport=websocket, 3, Bad request"
    })
    void givenAHandshakeThatIsWrong_whenSent_thenTheErrorIsTold(String query, int code, String message) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET /socket.io/?" + query + " HTTP/1.1\r\n" + HOST + "\r\n");

            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an unmasked frame, 810178, 1002",
        "a reserved bit, c18137fa213d4f, 1002",
        "an opcode that is none, 838137fa213d4f, 1002",
        "a fragmented ping, 098037fa213d, 1002",
        "a long ping, 89fe007e37fa213d, 1002",
        "a continuation of nothing, 808037fa213d, 1002",
        "a close code of one byte, 888137fa213d34, 1002",
        "a close code that is none, 888237fa213d3417, 1002",
        "text that is not UTF-8, 818137fa213dc8, 1007",
        "a message beyond all bounds, 81ff7fffffffffffffff37fa213d, 1009",
        "a length with the top bit, 81ffffffffffffffffff37fa213d, 1002"
    })
    void givenAFrameThatIsWrong_whenSent_thenTheCloseSaysSo(String name, String frame, int code) {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.socket().raw().send(HexFormat.of().parseHex(frame));

            assertThat(visitor.expectClosed().closeCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "9",
                "x",
                "2",
                "2probe",
                "1",
                "4",
                "47",
                "4x",
                "42",
                "42{}",
                "42[]",
                "42[",
                "42[\"a\"",
                "42[null]",
                "42[\"a\"]]",
                "42[\"connect\"]",
                "42/nowhere,[\"a\"]",
                "43",
                "43[]",
                "431{}",
                "44{}",
                "40",
                "41[]",
                "451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
                "450-[\"a\"]",
                "4599-[\"a\"]",
                "45-[\"a\"]",
                "42[\"a\",\"\\x\"]",
                "42[\"a\",01]",
                "42[\"a\",NaN]",
                "42[\"a\u0000b\",]"
            })
    void givenAPacketThatIsWrong_whenSent_thenTheConnectionEnds(String packet) {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.send(packet);

            visitor.expectClosed();
        }
    }

    @Test
    void givenJsonThatIsNestedTooDeep_whenSent_thenTheConnectionEnds() {
        try (Visitor visitor = Visitor.connect(server.port())) {
            visitor.send("42[\"echo\"," + "[".repeat(400_000) + "]".repeat(400_000) + "]");

            visitor.expectClosed();
        }
    }

    @Test
    void givenConnectionsThatEndInTheMiddle_whenReset_thenNobodyNotices() {
        for (int i = 0; i < 50; i++) {
            Visitor visitor = Visitor.connect(server.port());
            visitor.send("42[\"echo\",\"" + "x".repeat(i * 1_000) + "\"]");
            visitor.socket()
                    .raw()
                    .send(RawWebSocket.frame(0x01, true, new byte[i]))
                    .reset();
        }
    }

    @Test
    void givenRandomBytes_whenSent_thenNobodyNotices() {
        Generator.check(100, random -> {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                peer.trySend(random.bytes(random.length(5_000)))
                        .trySend("\r\n\r\n".getBytes(ISO_8859_1))
                        .endOutput();
                peer.readToEnd();
            }
        });
    }

    @Test
    void givenRandomFrames_whenSent_thenNobodyNotices() {
        Generator.check(100, random -> {
            try (Visitor visitor = Visitor.connect(server.port())) {
                visitor.socket().raw().trySend(random.bytes(random.length(300))).endOutput();
                visitor.socket().raw().readToEnd();
            }
        });
    }

    @Test
    void givenRandomPackets_whenSent_thenNobodyNotices() {
        Generator.check(200, random -> {
            try (Visitor visitor = Visitor.connect(server.port())) {
                visitor.send("4" + random.integer(0, 6) + random.text(random.integer(0, 20)));
                visitor.socket().send(0x80 | random.integer(1, 2), random.bytes(random.integer(0, 20)));
                visitor.socket().raw().endOutput();
                visitor.socket().raw().readToEnd();
            }
        });
    }
}
