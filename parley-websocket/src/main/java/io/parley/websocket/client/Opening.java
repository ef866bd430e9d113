package io.parley.websocket.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.parley.websocket.CloseCode;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.frame.Role;
import io.parley.websocket.http.ResponseHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a socket from its URL to an established connection.
 *
 * <p><b>Threading.</b> Confined to one event loop, but for {@link #start} and {@link #cancel}, which are safe for any
 * thread, and for what blocks, which runs on handler threads.
 */
final class Opening {

    private final Target target;
    private final Settings settings;
    private final Delivery delivery;
    private final io.netty.channel.EventLoop loop;

    private boolean over; // established or failed
    private @Nullable Channel channel; // non-null while there is a network connection
    private @Nullable NettyWebSocketConnection connection; // non-null when established
    private @Nullable ScheduledFuture<?> timeout; // non-null from the start on

    Opening(Target target, Settings settings, Delivery delivery) {
        this.target = target;
        this.settings = settings;
        this.delivery = delivery;
        this.loop = settings.network().loops().next();
    }

    void start() {
        loop.execute(() -> {
            Duration patience = settings.network().connectTimeout();
            timeout = loop.schedule(() -> tooSlow(patience), patience.toMillis(), TimeUnit.MILLISECONDS);
            HandlerThreads.shared().execute(this::resolve);
        });
    }

    /** Gives up: the socket was closed before it was established. */
    void cancel() {
        loop.execute(() -> {
            if (connection != null) {
                connection.terminate();
            }
            fail("Closed before the connection was established", null);
        });
    }

    private void tooSlow(Duration patience) {
        fail("Connecting took longer than " + patience.toMillis() + " ms", null);
    }

    private void resolve() {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(target.host());
            loop.execute(() -> connect(addresses, 0));
        } catch (UnknownHostException unknown) {
            loop.execute(() -> fail("Host " + target.host() + " is unknown", unknown));
        }
    }

    private void connect(InetAddress[] addresses, int index) {
        if (over) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(addresses[index], target.port());
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(settings.network().loops().transport().clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(
                        Integer.MAX_VALUE, settings.network().connectTimeout().toMillis()))
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                shakeHands(connecting.channel());
            } else if (index + 1 < addresses.length) {
                connect(addresses, index + 1);
            } else {
                fail("Connect to " + address, done.cause());
            }
        });
    }

    private void shakeHands(Channel connected) {
        if (over) {
            return;
        }
        HandshakeRequest request = new HandshakeRequest(
                target,
                HandshakeRequest.newKey(),
                settings.handshake().protocols(),
                "",
                settings.handshake().headers());
        connected
                .pipeline()
                .addLast(new Exchange(request.encode(), settings.handshake().maxHeaderBytes(), new Exchange.Callback() {
                    @Override
                    public void answered(ResponseHead answer) {
                        establish(connected, request, answer);
                    }

                    @Override
                    public void failed(IOException cause) {
                        fail("Handshake with " + target.origin() + ": " + cause.getMessage(), cause);
                    }
                }));
    }

    private void establish(Channel connected, HandshakeRequest request, ResponseHead answer) {
        if (over) {
            return;
        }
        try {
            Agreement agreement = HandshakeAnswer.check(request, answer);
            finish();
            NettyWebSocketConnection established =
                    new NettyWebSocketConnection(connected, Role.CLIENT, settings.connection(), agreement, delivery);
            connection = established;
            connected.pipeline().addLast(established.handler());
            connected.pipeline().remove(Exchange.class);
            established.open(ByteBuffer.allocate(0));
        } catch (HandshakeException refused) {
            fail(refused);
        }
    }

    private void fail(String message, @Nullable Throwable cause) {
        fail(new WebSocketException(CloseCode.ABNORMAL, message, cause));
    }

    private void fail(WebSocketException why) {
        if (!over) {
            finish();
            if (channel != null) {
                ChannelEnd.close(channel);
            }
            delivery.failed(why);
        }
    }

    private void finish() {
        over = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
