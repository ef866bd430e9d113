package io.parley.socketio.server;

import io.parley.socketio.adapter.Adapter;
import io.parley.socketio.adapter.BroadcastAckListener;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.LocalSocket;
import io.parley.socketio.adapter.Membership;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.adapter.SavedSession;
import io.parley.socketio.adapter.SocketDetails;
import io.parley.socketio.packet.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Leaves to another adapter what a test does not do in its own way. */
abstract class ForwardingAdapter implements Adapter {

    private final Adapter other;

    ForwardingAdapter(Adapter other) {
        this.other = other;
    }

    @Override
    public Membership add(LocalSocket socket) {
        return other.add(socket);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return other.serverCount();
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        other.broadcast(event, options);
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, BroadcastAckListener listener) {
        other.broadcastWithAck(event, options, listener);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        return other.fetchSockets(options);
    }

    @Override
    public void join(BroadcastOptions options, Collection<String> rooms) {
        other.join(options, rooms);
    }

    @Override
    public void leave(BroadcastOptions options, Collection<String> rooms) {
        other.leave(options, rooms);
    }

    @Override
    public void disconnect(BroadcastOptions options, boolean close) {
        other.disconnect(options, close);
    }

    @Override
    public void persistSession(SavedSession session, Membership membership) {
        other.persistSession(session, membership);
    }

    @Override
    public CompletionStage<Optional<SavedSession>> findSession(String pid, @Nullable String offset) {
        return other.findSession(pid, offset);
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            SavedSession session, @Nullable String offset, Membership membership) {
        return other.restoreSession(session, offset, membership);
    }

    @Override
    public void close() {
        other.close();
    }
}
