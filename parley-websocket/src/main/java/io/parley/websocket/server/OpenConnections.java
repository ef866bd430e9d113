package io.parley.websocket.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.connection.LifecycleEvent;
import io.parley.websocket.connection.NettyWebSocketConnection;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a server, by event loop. A connection costs one slot of a hash table and no object: there may be
 * many that do nothing.
 *
 * <p><b>Threading.</b> Safe for any thread, but for {@link #add}, which belongs to the channel's loop. Each set is
 * confined to its loop.
 */
final class OpenConnections implements ChannelFutureListener {

    private final Map<EventExecutor, Set<Channel>> byLoop = new HashMap<>(); // not changed once it is made
    private final ServerCounters counters;
    private final int max;
    private final AddressCounts addresses;
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closing;

    /** What becomes of a connection that has come. */
    enum Admission {
        /** It is served. */
        SERVED,
        /** There are too many. */
        BEYOND_TOTAL,
        /** There are too many from its address. */
        BEYOND_ADDRESS
    }

    OpenConnections(EventLoopGroup loops, HttpOptions options, ServerCounters counters) {
        this.counters = counters;
        max = options.maxConnections();
        addresses = new AddressCounts(options.maxConnectionsPerAddress());
        for (EventExecutor loop : loops) {
            byLoop.put(loop, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    /** Adds a connection until it is closed; one that is not to be served counts too while it is there. */
    Admission add(Channel channel) {
        counters.accepted.increment();
        of(channel.eventLoop()).add(channel);
        boolean tooMany = count.incrementAndGet() > max;
        boolean tooManyOfAddress = !addresses.add(countedAddress(channel));
        channel.closeFuture().addListener(this);
        if (tooMany) {
            return Admission.BEYOND_TOTAL;
        }
        return tooManyOfAddress ? Admission.BEYOND_ADDRESS : Admission.SERVED;
    }

    /** A connection is closed. */
    @Override
    public void operationComplete(ChannelFuture closed) {
        Channel channel = closed.channel();
        of(channel.eventLoop()).remove(channel);
        addresses.remove(countedAddress(channel));
        counters.closed.increment();
        NettyWebSocketConnection webSocket = NettyWebSocketConnection.of(channel);
        if (webSocket != null) {
            counters.countEnd(webSocket);
        }
        if (count.decrementAndGet() == 0 && closing) {
            empty.complete(null);
        }
    }

    /** Null when addresses are not counted: a channel makes its own anew each time. */
    private @Nullable SocketAddress countedAddress(Channel channel) {
        return addresses.areCounted() ? channel.remoteAddress() : null;
    }

    private Set<Channel> of(EventLoop loop) {
        Set<Channel> channels = byLoop.get(loop);
        if (channels == null) {
            throw new IllegalStateException("A channel of another server");
        }
        return channels;
    }

    /** Tells every connection that the server closes; completes when the last one is closed. */
    CompletableFuture<Void> close() {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        byLoop.forEach((loop, channels) -> told.add(CompletableFuture.runAsync(() -> close(channels), loop)));
        return CompletableFuture.allOf(told.toArray(new CompletableFuture<?>[0]))
                .thenCompose(all -> {
                    closing = true;
                    if (count.get() == 0) {
                        empty.complete(null);
                    }
                    return empty;
                });
    }

    /** Cuts what {@link #close} has not closed; completes when the last one is closed. */
    CompletableFuture<Void> cut() {
        byLoop.forEach(
                (loop, channels) -> loop.execute(() -> List.copyOf(channels).forEach(ChannelEnd::close)));
        return empty;
    }

    private static void close(Set<Channel> channels) {
        for (Channel channel : List.copyOf(channels)) { // closing one takes it out of the set
            channel.pipeline().fireUserEventTriggered(LifecycleEvent.CLOSING);
        }
    }
}
