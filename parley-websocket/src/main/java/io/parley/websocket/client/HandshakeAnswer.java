package io.parley.websocket.client;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.connection.AcceptKey;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.frame.DeflateNegotiation;
import io.parley.websocket.frame.DeflateParameters;
import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.http.ResponseHead;
import java.util.List;

/** Checks the answer to a {@link HandshakeRequest} (RFC 6455 section 4.1, WHATWG WebSockets section 2). */
final class HandshakeAnswer {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final HandshakeRequest request;
    private final ResponseHead answer;

    private HandshakeAnswer(HandshakeRequest request, ResponseHead answer) {
        this.request = request;
        this.answer = answer;
    }

    /**
     * What both ends agree on.
     *
     * @throws HandshakeException if they do not: with the first check that failed, and what was received
     */
    static Agreement check(HandshakeRequest request, ResponseHead answer) throws HandshakeException {
        return new HandshakeAnswer(request, answer).check();
    }

    private Agreement check() throws HandshakeException {
        if (answer.status() != SWITCHING_PROTOCOLS || !answer.http11()) {
            throw wrong(answer.statusLine() + " (expected: HTTP/1.1 101)");
        }
        checkToken("Upgrade", "websocket");
        checkToken("Connection", "Upgrade");
        checkAccept();
        return agreement(subprotocol());
    }

    private void checkToken(String field, String token) throws HandshakeException {
        if (!HttpSyntax.hasToken(answer.headers(), field, token)) {
            throw wrong(received(field) + " (expected: " + token + ")");
        }
    }

    private void checkAccept() throws HandshakeException {
        String expected = AcceptKey.of(request.key());
        if (!answer.headers().all("Sec-WebSocket-Accept").equals(List.of(expected))) {
            throw wrong(received("Sec-WebSocket-Accept") + " (expected: " + expected + ")");
        }
    }

    private String subprotocol() throws HandshakeException {
        List<String> chosen = answer.headers().all("Sec-WebSocket-Protocol");
        if (chosen.isEmpty() && request.protocols().isEmpty()) {
            return "";
        }
        if (chosen.size() != 1 || !request.protocols().contains(chosen.get(0))) {
            throw wrong(received("Sec-WebSocket-Protocol") + " (expected: "
                    + (request.protocols().isEmpty()
                            ? "none, as none was offered"
                            : "one of " + String.join(", ", request.protocols()))
                    + ")");
        }
        return chosen.get(0);
    }

    private Agreement agreement(String subprotocol) throws HandshakeException {
        List<String> extensions = answer.headers().all("Sec-WebSocket-Extensions");
        if (extensions.isEmpty()) {
            return Agreement.plain(subprotocol);
        }
        if (request.deflate().isEmpty()) {
            throw wrong(received("Sec-WebSocket-Extensions") + " (expected: none, as none was offered)");
        }
        try {
            DeflateParameters deflate =
                    DeflateNegotiation.check(extensions, request.deflate().get());
            return new Agreement(subprotocol, String.join(", ", extensions), deflate);
        } catch (IllegalArgumentException notOffered) {
            throw wrong(String.valueOf(notOffered.getMessage()));
        }
    }

    private String received(String field) {
        HttpHeaders headers = answer.headers();
        return headers.contains(field)
                ? field + ": " + HttpSyntax.printable(String.join(", ", headers.all(field)))
                : "no " + field + " field";
    }

    private HandshakeException wrong(String message) {
        return new HandshakeException(answer, "Handshake: " + message);
    }
}
