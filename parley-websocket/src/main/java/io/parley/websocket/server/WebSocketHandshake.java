package io.parley.websocket.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpVersion;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
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
     * {@link WebSocketListener#onOpen}, and the 101 is on its way. Bytes that an HTTP decoder still holds when it is
     * removed are the first of the WebSocket. On refusal nothing has changed.
     *
     * @param http any context of the pipeline; answers to earlier requests have been written
     * @param version the request's HTTP version
     * @return the answer that refuses, for the caller to send; null when the connection is a WebSocket now
     */
    static @Nullable HttpResponse upgrade(
            ChannelHandlerContext http,
            HttpVersion version,
            HttpRequest request,
            WebSocketUpgrade options,
            WebSocketListener listener) {
        if (!request.method().equals("GET")) {
            return HttpResponse.text(400, "WebSocket: method " + request.method() + " (expected: GET)");
        }
        throw new UnsupportedOperationException(); // the frames behind it come next
    }
}
