package io.parley.websocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One request without a network: the test reads the answer, or talks through the WebSocket it became. */
public final class InMemoryExchange implements HttpExchange {

    private final EventLoop loop;
    private final HttpRequest request;
    private final byte[] body;
    private volatile HttpResponse response; // large answers are compressed on another thread
    private InMemoryWebSocket webSocket;
    private Runnable abortListener = () -> {};
    private boolean aborted;

    private InMemoryExchange(EventLoop loop, HttpRequest request, byte[] body) {
        this.loop = loop;
        this.request = request;
        this.body = body;
    }

    /** A request with header fields by name and value in turn. */
    public static InMemoryExchange request(EventLoop loop, String method, String target, String... headers) {
        return new InMemoryExchange(loop, head(method, target, HttpHeaders.of(headers)), new byte[0]);
    }

    /** A GET. */
    public static InMemoryExchange get(EventLoop loop, String target, String... headers) {
        return request(loop, "GET", target, headers);
    }

    /** A POST with a text body. */
    public static InMemoryExchange post(EventLoop loop, String target, String body, String... headers) {
        return new InMemoryExchange(loop, head("POST", target, HttpHeaders.of(headers)), body.getBytes(UTF_8));
    }

    /** A POST with a binary body. */
    public static InMemoryExchange post(EventLoop loop, String target, byte[] body, String... headers) {
        return new InMemoryExchange(loop, head("POST", target, HttpHeaders.of(headers)), body);
    }

    /** A WebSocket handshake. */
    public static InMemoryExchange webSocket(EventLoop loop, String target, String... headers) {
        HttpHeaders fields = HttpHeaders.of(headers)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return new InMemoryExchange(loop, head("GET", target, fields), new byte[0]);
    }

    private static HttpRequest head(String method, String target, HttpHeaders headers) {
        HttpHeaders all = headers.contains("Host") ? headers : headers.with("Host", "localhost");
        return new HttpRequest(
                method, target, all, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), false);
    }

    /** Whether the request was answered, by a response or an upgrade. */
    public boolean isAnswered() {
        return response != null || webSocket != null;
    }

    /** The answer. */
    public HttpResponse response() {
        if (response == null) {
            throw new AssertionError(request.target() + " has no response");
        }
        return response;
    }

    /** The body of the answer as text. */
    public String responseText() {
        return UTF_8.decode(response().body()).toString();
    }

    /** What the request became. */
    public InMemoryWebSocket webSocket() {
        if (webSocket == null) {
            throw new AssertionError(
                    request.target() + " was not upgraded" + (response == null ? "" : ": " + responseText()));
        }
        return webSocket;
    }

    /** The peer goes away. */
    public void abort() {
        if (!aborted && !isAnswered()) {
            aborted = true;
            loop.execute(abortListener);
        }
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void readBody(int maxBytes, BodyReader reader) {
        loop.execute(() -> {
            if (body.length > maxBytes) {
                reader.onTooLarge();
            } else {
                reader.onBody(ByteBuffer.wrap(body));
            }
        });
    }

    @Override
    public boolean isWebSocketUpgrade() {
        return request.header("Upgrade").map("websocket"::equalsIgnoreCase).orElse(false);
    }

    @Override
    public void respond(HttpResponse answer) {
        checkUnanswered();
        response = answer;
    }

    @Override
    public void upgrade(WebSocketUpgrade options, WebSocketListener listener) {
        checkUnanswered();
        webSocket = new InMemoryWebSocket(loop, options, listener);
        loop.run(() -> listener.onOpen(webSocket));
    }

    @Override
    public void onAbort(Runnable listener) {
        if (aborted) {
            loop.execute(listener);
        } else {
            abortListener = listener;
        }
    }

    private void checkUnanswered() {
        if (isAnswered()) {
            throw new IllegalStateException(request.target() + " was answered before");
        }
    }
}
