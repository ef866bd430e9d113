package io.parley.websocket.server;

import io.netty.handler.codec.http.HttpVersion;
import io.parley.websocket.http.HttpSyntax;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What RFC 6455 section 4.2.1 asks of the request that opens a WebSocket.
 *
 * <p><b>Threading.</b> Without state.
 */
final class HandshakeCheck {

    private static final int KEY_BYTES = 16;
    private static final int KEY_LENGTH = 24; // of 16 bytes in base64

    private HandshakeCheck() {}

    /** Whether the request asks for a WebSocket at all. */
    private static boolean asksForWebSocket(HttpRequest request) {
        return listed(request, "Upgrade").contains("websocket");
    }

    /** The answer that says what is wrong with the request; null when it is a correct handshake. */
    static @Nullable HttpResponse refusalOf(HttpRequest request, HttpVersion version) {
        if (!request.method().equals("GET")) {
            return refusal(405, "method " + request.method() + " (expected: GET)")
                    .with("Allow", "GET");
        }
        if (!asksForWebSocket(request)) {
            return refusal(426, shown(request, "Upgrade") + " (expected: websocket)")
                    .with("Upgrade", "websocket");
        }
        List<String> versions = request.headers().all("Sec-WebSocket-Version");
        if (!versions.equals(List.of("13"))) {
            return refusal(426, shown(request, "Sec-WebSocket-Version") + " (expected: 13)")
                    .with("Upgrade", "websocket")
                    .with("Sec-WebSocket-Version", "13");
        }
        String mistake = mistakeIn(request, version);
        return mistake == null ? null : refusal(400, mistake);
    }

    /** The subprotocols that the client offers, in its order of preference. */
    static List<String> offeredSubprotocols(HttpRequest request) {
        return elements(request, "Sec-WebSocket-Protocol");
    }

    private static @Nullable String mistakeIn(HttpRequest request, HttpVersion version) {
        if (version.compareTo(HttpVersion.HTTP_1_1) < 0) {
            return version + " (expected: HTTP/1.1)";
        }
        if (request.headers().all("Host").size() != 1) {
            return shown(request, "Host") + " (expected: one)";
        }
        if (!listed(request, "Connection").contains("upgrade")) {
            return shown(request, "Connection") + " (expected: Upgrade)";
        }
        if (!hasKey(request)) {
            return shown(request, "Sec-WebSocket-Key") + " (expected: 16 bytes in base64)";
        }
        if (!subprotocolsAreTokens(request)) {
            return shown(request, "Sec-WebSocket-Protocol") + " (expected: different tokens with commas between them)";
        }
        if (hasBody(request)) {
            return "a body (expected: none)";
        }
        return null;
    }

    private static boolean hasKey(HttpRequest request) {
        List<String> keys = request.headers().all("Sec-WebSocket-Key");
        return keys.size() == 1 && keys.get(0).length() == KEY_LENGTH && is16Bytes(keys.get(0));
    }

    private static boolean is16Bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == KEY_BYTES;
        } catch (IllegalArgumentException expected) { // not base64
            return false;
        }
    }

    static boolean subprotocolsAreTokens(HttpRequest request) {
        List<String> offered = offeredSubprotocols(request);
        return offered.stream().allMatch(HttpSyntax::isToken) && new HashSet<>(offered).size() == offered.size();
    }

    private static boolean hasBody(HttpRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || !request.header("Content-Length").orElse("0").equals("0");
    }

    /** The elements of a field that is a list, in small letters. */
    private static List<String> listed(HttpRequest request, String name) {
        List<String> elements = elements(request, name);
        elements.replaceAll(element -> element.toLowerCase(Locale.ROOT));
        return elements;
    }

    private static List<String> elements(HttpRequest request, String name) {
        List<String> elements = new ArrayList<>(2);
        for (String value : request.headers().all(name)) {
            for (String element : value.split(",", -1)) {
                elements.add(element.strip());
            }
        }
        return elements;
    }

    private static String shown(HttpRequest request, String name) {
        List<String> values = request.headers().all(name);
        return values.isEmpty() ? "no " + name : name + ": " + String.join(", ", values);
    }

    static HttpResponse refusal(int status, @Nullable String mistake) {
        return HttpResponse.text(status, "WebSocket handshake: " + mistake + "\n");
    }
}
