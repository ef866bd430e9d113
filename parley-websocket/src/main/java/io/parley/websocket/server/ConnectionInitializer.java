package io.parley.websocket.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.parley.websocket.connection.ChannelEnd;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pipeline of a connection, one handler, when the limits allow it.
 *
 * <p><b>Threading.</b> Called on the event loop of each connection.
 */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

    private final HttpOptions options;
    private final Router router;
    private final ServerCounters counters;
    private final OpenConnections connections;
    private final @Nullable TlsContext tls; // null when connections are plain
    private final RefusalHandler beyondTotal;
    private final RefusalHandler beyondAddress;

    ConnectionInitializer(
            HttpOptions options,
            Router router,
            ServerCounters counters,
            OpenConnections connections,
            @Nullable TlsContext tls) {
        this.options = options;
        this.router = router;
        this.counters = counters;
        this.connections = connections;
        this.tls = tls;
        beyondTotal = refusal("The server has " + options.maxConnections() + " connections, as many as it takes");
        beyondAddress = refusal(
                "Your address has " + options.maxConnectionsPerAddress() + " connections, as many as it may have");
    }

    private static RefusalHandler refusal(String why) {
        return new RefusalHandler(HttpResponse.text(503, why + "; try again later\n"));
    }

    @Override
    protected void initChannel(Channel channel) {
        switch (connections.add(channel)) {
            case SERVED -> serve(channel);
            case BEYOND_TOTAL -> {
                counters.refusedByTotal.increment();
                refuse(channel, beyondTotal);
            }
            case BEYOND_ADDRESS -> {
                counters.refusedByAddress.increment();
                refuse(channel, beyondAddress);
            }
        }
    }

    private void serve(Channel channel) {
        channel.pipeline().addLast(tls == null ? http(channel) : new TlsEntry(tls, counters, this::http));
    }

    private ChannelHandler http(Channel channel) {
        return new HttpConnection(channel, options, router, counters);
    }

    /** Says why, but not over TLS: the handshake would cost more than it does to serve. */
    private void refuse(Channel channel, RefusalHandler plain) {
        if (tls == null) {
            channel.pipeline().addLast(plain);
        } else {
            ChannelEnd.close(channel);
        }
    }
}
