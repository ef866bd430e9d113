package io.parley.socketio.server;

import io.parley.socketio.Arguments;
import io.parley.socketio.adapter.Adapter;
import io.parley.socketio.adapter.BroadcastAckListener;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.LocalSocket;
import io.parley.socketio.adapter.Membership;
import io.parley.socketio.adapter.RoomListener;
import io.parley.socketio.adapter.SocketDetails;
import io.parley.socketio.packet.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hands on to all children of a parent namespace what is asked of it.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ParentAdapter implements Adapter {

    private final Set<Namespace> children;

    ParentAdapter(Set<Namespace> children) {
        this.children = children;
    }

    @Override
    public Membership add(LocalSocket socket) {
        throw new IllegalStateException("add(" + socket.id() + "): nobody joins a parent namespace");
    }

    /** The children answer for all servers: {@link AckSum} has asked them. */
    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        for (Namespace child : children) {
            child.adapter().broadcast(addressedTo(child, event, null), options);
        }
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, BroadcastAckListener listener) {
        List<Namespace> asked = List.copyOf(children);
        AckSum sum = new AckSum(asked.size(), listener);
        for (Namespace child : asked) {
            AckSum.OfChild part = sum.new OfChild();
            var unused = child.adapter().serverCount().whenComplete(part::onServerCount);
            child.adapter().broadcastWithAck(addressedTo(child, event, child.nextAckId()), options, part);
        }
        sum.onAllAsked();
    }

    private static Packet.Event addressedTo(Namespace child, Packet.Event event, @Nullable Long ackId) {
        return new Packet.Event(child.name(), event.name(), event.arguments(), ackId);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        throw new UnsupportedOperationException("fetchSockets() is not supported on parent namespaces");
    }

    @Override
    public void join(BroadcastOptions options, Collection<String> rooms) {
        children.forEach(child -> child.adapter().join(options, rooms));
    }

    @Override
    public void leave(BroadcastOptions options, Collection<String> rooms) {
        children.forEach(child -> child.adapter().leave(options, rooms));
    }

    @Override
    public void disconnect(BroadcastOptions options, boolean close) {
        children.forEach(child -> child.adapter().disconnect(options, close));
    }

    @Override
    public void serverSideEmit(String event, Arguments arguments) {
        children.forEach(child -> child.adapter().serverSideEmit(event, arguments));
    }

    @Override
    public void addRoomListener(RoomListener listener) {
        throw new UnsupportedOperationException(
                "onRooms() is not supported on parent namespaces; listen to the children, see onNewNamespace()");
    }

    @Override
    public CompletableFuture<List<Arguments>> serverSideEmitWithAck(String event, Arguments arguments) {
        throw new UnsupportedOperationException("serverSideEmitWithAck() is not supported on parent namespaces");
    }

    @Override
    public void close() {}

    /** Adds up what several broadcasts report, as if they were one on one server. Guarded by itself. */
    static final class AckSum {

        private final BroadcastAckListener listener;
        private int partsToCome;
        private int clients;

        AckSum(int parts, BroadcastAckListener listener) {
            this.listener = listener;
            partsToCome = parts + 1; // and the caller, who asks them
        }

        void onAllAsked() {
            onPart(0);
        }

        private void onPart(int asked) {
            int all;
            synchronized (this) {
                clients += asked;
                if (--partsToCome > 0) {
                    return;
                }
                all = clients;
            }
            listener.onClientCount(all);
        }

        /** One of the broadcasts: over when each of its servers has said how many clients it asked. */
        final class OfChild implements BroadcastAckListener {

            private int serversToCome;
            private boolean countKnown;
            private int asked;

            void onServerCount(@Nullable Integer count, @Nullable Throwable failure) {
                boolean complete;
                synchronized (this) {
                    serversToCome += count == null ? 1 : count; // this server at least
                    countKnown = true;
                    complete = serversToCome == 0;
                }
                if (complete) {
                    onPart(asked);
                }
            }

            @Override
            public void onClientCount(int count) {
                boolean complete;
                synchronized (this) {
                    serversToCome--;
                    asked += count;
                    complete = countKnown && serversToCome == 0;
                }
                if (complete) {
                    onPart(asked);
                }
            }

            @Override
            public void onAck(Arguments reply) {
                listener.onAck(reply);
            }

            @Override
            public void onTimeout() {
                listener.onTimeout();
            }
        }
    }
}
