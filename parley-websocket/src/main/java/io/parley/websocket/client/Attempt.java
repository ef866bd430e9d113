package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.parley.websocket.CloseCode;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.http.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One network connection, on which one request is made: to the server or its proxy, through the proxy, through TLS. It
 * stays at the end of the pipeline, behind the handler of the step under way, and hears what goes wrong there.
 *
 * <p><b>Threading.</b> Confined to one event loop.
 */
final class Attempt extends ChannelInboundHandlerAdapter {

    private final Plan plan;
    private final Prepared prepared;
    private final HandshakeRequest request;
    private final Settings settings;
    private final Outcome outcome;

    private String step = ""; // what is under way, for messages
    private boolean over; // the outcome is told
    private @Nullable Channel channel; // non-null while there is a network connection, or shall be one

    /** Hears how it went, once. */
    interface Outcome {

        /** There is an answer to the request; what to make of it, and of the channel, is for the receiver. */
        void answered(Attempt attempt, Channel channel, ResponseHead answer);

        /** The proxy made no tunnel. */
        void refusedByProxy(Attempt attempt, ResponseHead answer);

        /** There is no answer. */
        void failed(WebSocketException why);
    }

    Attempt(Plan plan, Prepared prepared, Settings settings, Outcome outcome) {
        this.plan = plan;
        this.prepared = prepared;
        this.settings = settings;
        this.outcome = outcome;
        this.request = HandshakeRequest.of(plan, prepared.cookies(), settings);
    }

    Plan plan() {
        return plan;
    }

    HandshakeRequest request() {
        return request;
    }

    /** Where it got to, for messages. */
    String step() {
        return step;
    }

    // --- the network connection ---

    void start(io.netty.channel.EventLoop loop) {
        connect(loop, 0);
    }

    private void connect(io.netty.channel.EventLoop loop, int index) {
        Route.Hop hop = prepared.route().hops().get(index);
        Settings.Network network = settings.network();
        step = "Connect to " + hop.name();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(network.loops().transport().clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, network.connectMillis())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(hop.address());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (over) {
                ChannelEnd.close(connecting.channel());
            } else if (done.isSuccess()) {
                begin(connecting.channel(), hop);
            } else if (index + 1 < prepared.route().hops().size()) {
                connect(loop, index + 1);
            } else {
                fail(done.cause());
            }
        });
    }

    private void begin(Channel connected, Route.Hop hop) {
        connected.pipeline().addLast(this);
        switch (hop.proxy()) {
            case DIRECT -> secure(connected, null);
            case HTTP -> askHttpProxy(connected, hop);
            case SOCKS -> askSocksProxy(connected, hop);
        }
    }

    // --- through the proxy ---

    private void askHttpProxy(Channel connected, Route.Hop hop) {
        step = "Proxy " + hop.name();
        String server = plan.target().hostAndPort();
        String head = "CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n"
                + (plan.proxyAuthorization() == null
                        ? ""
                        : "Proxy-Authorization: " + plan.proxyAuthorization() + "\r\n")
                + "\r\n";
        enter(connected, null, exchange(ByteBuffer.wrap(head.getBytes(ISO_8859_1)), answer -> {
            if (answer.status() >= 200 && answer.status() < 300) {
                secure(connected, Exchange.class);
            } else if (finish()) {
                outcome.refusedByProxy(this, answer);
            }
        }));
    }

    private Exchange exchange(ByteBuffer head, Consumer<ResponseHead> whenAnswered) {
        return new Exchange(head, settings.handshake().maxHeaderBytes(), whenAnswered);
    }

    private void askSocksProxy(Channel connected, Route.Hop hop) {
        step = "Proxy " + hop.name();
        Credentials credentials = settings.network().proxy().credentials();
        enter(
                connected,
                null,
                new Socks5Tunnel(plan.target(), credentials, () -> secure(connected, Socks5Tunnel.class)));
    }

    // --- through TLS, and the request ---

    private void secure(Channel connected, @Nullable Class<? extends ChannelHandler> previous) {
        if (!plan.target().secure()) {
            shakeHands(connected, previous);
            return;
        }
        step = "TLS with " + plan.target().hostAndPort();
        SslHandler tls = settings.network().tls().newHandler(connected.alloc(), plan.target());
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                secured(connected, tls);
            } else {
                fail(done.cause());
            }
        });
        enter(connected, previous, tls);
    }

    private void secured(Channel connected, SslHandler tls) {
        try {
            settings.network().tls().checkPins(tls);
            shakeHands(connected, null);
        } catch (SSLException other) {
            fail(other);
        }
    }

    private void shakeHands(Channel connected, @Nullable Class<? extends ChannelHandler> previous) {
        step = "Handshake with " + plan.target().hostAndPort();
        enter(connected, previous, exchange(request.encode(), answer -> {
            if (finish()) {
                outcome.answered(this, connected, answer);
            }
        }));
    }

    /** Puts the handler of the next step in the place of that of the one before, whose unread bytes it gets. */
    private void enter(Channel connected, @Nullable Class<? extends ChannelHandler> previous, ChannelHandler next) {
        ChannelPipeline pipeline = connected.pipeline();
        pipeline.addBefore(pipeline.context(this).name(), null, next);
        if (previous != null) {
            pipeline.remove(pipeline.context(previous).handler());
        }
    }

    // --- the end ---

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message); // nobody waits for it any more
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("closed before it was complete"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    /** Gives the network connection up, without telling the outcome. */
    void abandon() {
        over = true;
        close();
    }

    void close() {
        if (channel != null) {
            ChannelEnd.close(channel);
        }
    }

    private void fail(Throwable cause) {
        if (finish()) {
            close();
            int code = cause instanceof SSLException ? CloseCode.TLS_HANDSHAKE : CloseCode.ABNORMAL;
            outcome.failed(new WebSocketException(code, step + ": " + cause.getMessage(), cause));
        }
    }

    private boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }
}
