package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the decoders make of a request does not depend on the pieces it comes in, and they refuse in one way only. */
class HttpDecoderPropertiesTest {

    private static final List<String> REQUESTS = List.of(
            head("GET /a?b=c HTTP/1.1", "Host: a", "Accept: */*", "Cookie: a=b"),
            head("POST / HTTP/1.1", "Host: a", "Content-Length: 11") + "hello world",
            head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + head("5;a=b", "hello", "1", "!", "0"),
            head("PUT http://b/c HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + head("0", "Trailer: x"),
            "\r\n" + head("GET / HTTP/1.0", "Connection: keep-alive"));

    private static String outcome(List<String> pieces) {
        DecodedRequest decoding = new DecodedRequest();
        pieces.forEach(decoding::add);
        return decoding.outcome();
    }

    private static String damage(Generator random, String request) {
        StringBuilder damaged = new StringBuilder(request);
        for (int i = random.integer(0, 3); i > 0; i--) {
            int at = random.integer(0, damaged.length() - 1);
            switch (random.integer(0, 2)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, (char) random.integer(0, 255));
                default -> damaged.setCharAt(at, " \t\r\n:;0f,\0".charAt(random.integer(0, 9)));
            }
        }
        return damaged.toString();
    }

    @Test
    void givenADamagedRequest_whenItComesInPieces_thenTheOutcomeIsTheSame() {
        Generator.check(2_000, random -> {
            String request = damage(random, REQUESTS.get(random.integer(0, REQUESTS.size() - 1)));
            int first = random.integer(0, request.length());
            int second = random.integer(first, request.length());

            String whole = outcome(List.of(request));

            assertThat(outcome(List.of(request.split("")))).isEqualTo(whole);
            assertThat(outcome(List.of(
                            request.substring(0, first), request.substring(first, second), request.substring(second))))
                    .isEqualTo(whole);
        });
    }
}
