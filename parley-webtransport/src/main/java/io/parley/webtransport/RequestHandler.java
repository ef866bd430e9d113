package io.parley.webtransport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.parley.engineio.server.EngineServer;
import io.parley.engineio.server.WebTransportExchange;
import io.parley.engineio.server.WebTransportListener;
import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of a client: answered with a session, or with what is wrong with it. When there is a session, what follows
 * the request are its capsules.
 *
 * <p><b>Threading.</b> Confined to the stream's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that cannot be sent has nobody to get it
final class RequestHandler extends Http3RequestStreamInboundHandler {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final Connection connection;
    private final Routes routes;
    private final Capsules capsules = new Capsules(this::onCapsule);
    private @Nullable QuicWebTransport session; // non-null once accepted
    private boolean answered;

    RequestHandler(Connection connection, Routes routes) {
        this.connection = connection;
        this.routes = routes;
    }

    @Override
    protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
        if (!answered) { // otherwise trailers
            answered = true;
            answer((QuicStreamChannel) context.channel(), frame);
        }
    }

    private void answer(QuicStreamChannel stream, Http3HeadersFrame frame) {
        HttpRequest request = toRequest(frame);
        EngineServer engine = routes.find(request.target());
        if (!request.method().equals("CONNECT") || !Wire.PROTOCOL.contentEquals(protocol(frame))) {
            refuse(stream, HttpResponse.text(501, "This port speaks WebTransport only"));
        } else if (engine == null) {
            refuse(stream, HttpResponse.text(404, "Nothing is mounted at this path"));
        } else if (connection.hasSession()) {
            refuse(stream, HttpResponse.text(429, "A connection has one session (expected: another connection)"));
        } else {
            engine.onWebTransportSession(new Exchange(stream, request, engine));
        }
    }

    private static CharSequence protocol(Http3HeadersFrame frame) {
        CharSequence protocol = frame.headers().protocol();
        return protocol == null ? "" : protocol;
    }

    private HttpRequest toRequest(Http3HeadersFrame frame) {
        List<String> fields = new ArrayList<>();
        fields.add("Host");
        fields.add(text(frame.headers().authority()));
        frame.headers().forEach(field -> {
            if (field.getKey().charAt(0) != ':') {
                fields.add(field.getKey().toString());
                fields.add(field.getValue().toString());
            }
        });
        return new HttpRequest(
                text(frame.headers().method()).toUpperCase(Locale.ROOT),
                text(frame.headers().path()),
                HttpHeaders.of(fields.toArray(String[]::new)),
                connection.channel().remoteSocketAddress(),
                true);
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }

    private void refuse(QuicStreamChannel stream, HttpResponse response) {
        connection.figures().refusedSessions.increment();
        DefaultHttp3HeadersFrame head = new DefaultHttp3HeadersFrame();
        head.headers().status(Integer.toString(response.status()));
        response.headers().forEach((name, value) -> head.headers().add(name.toLowerCase(Locale.ROOT), value));
        stream.write(head);
        stream.writeAndFlush(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(response.body())))
                .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    }

    @Override
    protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
        try {
            if (session != null) {
                capsules.read(frame.content());
            }
        } finally {
            frame.release();
        }
    }

    private void onCapsule(long type) {
        if (session != null && type == Wire.CLOSE_SESSION) {
            session.onClosedByClient();
        }
    }

    /** A mistake of the client's; Netty closes the connection for it. */
    @Override
    protected void handleHttp3Exception(ChannelHandlerContext context, Http3Exception mistake) {
        log.debug("WebTransport: {} on {}", mistake.getMessage(), context.channel());
    }

    @Override
    protected void channelInputClosed(ChannelHandlerContext context) {
        if (session != null) {
            session.onClosedByClient();
        } else if (!answered) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (session != null) {
            session.onClosedByClient();
        }
        context.fireChannelInactive();
    }

    /** What the engine is asked. */
    private final class Exchange implements WebTransportExchange {

        private final QuicStreamChannel stream;
        private final HttpRequest request;
        private final EngineServer engine;

        Exchange(QuicStreamChannel stream, HttpRequest request, EngineServer engine) {
            this.stream = stream;
            this.request = request;
            this.engine = engine;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public EventLoop eventLoop() {
            return connection.loop();
        }

        @Override
        public void accept(WebTransportListener listener) {
            DefaultHttp3HeadersFrame head = new DefaultHttp3HeadersFrame();
            head.headers().status("200");
            stream.writeAndFlush(head);
            QuicWebTransport accepted =
                    connection.accept(stream, listener, engine.options().maxBufferedBytes());
            session = accepted;
            accepted.open();
        }

        @Override
        public void refuse(HttpResponse response) {
            RequestHandler.this.refuse(stream, response);
        }
    }
}
