package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.AcceptKey;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.frame.DeflateNegotiation;
import io.parley.websocket.frame.DeflateParameters;
import io.parley.websocket.frame.Role;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the opening handshake (RFC 6455 section 4.2).
 *
 * <p><b>Threading.</b> Without state. {@link #upgrade} runs on the connection's event loop.
 */
final class WebSocketHandshake {

    private WebSocketHandshake() {}

    /**
     * Makes a WebSocket of an HTTP connection, or says why not.
     *
     * <p>On success every handler but the one for TLS has left the pipeline when this returns, the listener has heard
     * {@link WebSocketListener#onOpen}, and the 101 is on its way. Bytes that an HTTP decoder hands on while it is
     * removed are the first of the WebSocket. On refusal nothing has changed.
     *
     * @param http any context of the pipeline; answers to earlier requests have been written
     * @param version the request's HTTP version
     * @param options whose header fields have been checked
     * @return the answer that refuses, for the caller to send; null when the connection is a WebSocket now
     */
    static @Nullable HttpResponse upgrade(
            ChannelHandlerContext http,
            HttpVersion version,
            HttpRequest request,
            WebSocketUpgrade options,
            WebSocketListener listener) {
        HttpResponse refusal = HandshakeCheck.refusalOf(request, version);
        if (refusal != null) {
            return refusal;
        }
        Agreement agreement;
        try {
            agreement = agree(request, options);
        } catch (IllegalArgumentException broken) {
            return HandshakeCheck.refusal(400, broken.getMessage());
        }
        ByteBuffer answer = answer(request, options.headers(), agreement);
        NettyWebSocketConnection connection =
                new NettyWebSocketConnection(http.channel(), Role.SERVER, options.connection(), agreement, listener);
        replaceHandlers(http.pipeline(), connection);
        connection.open(answer);
        return null;
    }

    private static Agreement agree(HttpRequest request, WebSocketUpgrade options) {
        String subprotocol = choose(options.subprotocols(), HandshakeCheck.offeredSubprotocols(request));
        List<String> offers = request.headers().all("Sec-WebSocket-Extensions");
        Optional<DeflateParameters> deflate =
                options.connection().deflate().flatMap(own -> DeflateNegotiation.accept(offers, own));
        return deflate.map(agreed -> new Agreement(subprotocol, agreed.toHeader(), agreed))
                .orElseGet(() -> Agreement.plain(subprotocol));
    }

    /** Added before the others leave, so that it gets what they still hold; removed from the end, for the same reason. */
    private static void replaceHandlers(ChannelPipeline pipeline, NettyWebSocketConnection connection) {
        List<ChannelHandler> leaving = new ArrayList<>(pipeline.toMap().values());
        leaving.removeIf(SslHandler.class::isInstance);
        Collections.reverse(leaving);
        pipeline.addLast(connection);
        leaving.forEach(pipeline::remove);
    }

    /** The first that both sides speak; empty when there is none. */
    private static String choose(List<String> spoken, List<String> offered) {
        if (spoken.size() == 1 && spoken.get(0).equals("*")) {
            return offered.isEmpty() ? "" : offered.get(0);
        }
        return spoken.stream().filter(offered::contains).findFirst().orElse("");
    }

    private static ByteBuffer answer(HttpRequest request, HttpHeaders more, Agreement agreement) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
        append(
                head,
                "Sec-WebSocket-Accept",
                AcceptKey.of(request.header("Sec-WebSocket-Key").orElseThrow()));
        if (!agreement.subprotocol().isEmpty()) {
            append(head, "Sec-WebSocket-Protocol", agreement.subprotocol());
        }
        if (!agreement.extensions().isEmpty()) {
            append(head, "Sec-WebSocket-Extensions", agreement.extensions());
        }
        more.forEach((name, value) -> append(head, name, value));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
