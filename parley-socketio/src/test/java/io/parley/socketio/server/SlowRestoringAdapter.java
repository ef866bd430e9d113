package io.parley.socketio.server;

import io.parley.socketio.adapter.Adapter;
import io.parley.socketio.adapter.BroadcastAckListener;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.InMemoryAdapter;
import io.parley.socketio.adapter.LocalNamespace;
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

/** An adapter that restores a session at once and says so when the test wants it, as one would that asks elsewhere. */
final class SlowRestoringAdapter implements Adapter {

    private final Adapter quick;
    private final List<Runnable> later;

    SlowRestoringAdapter(LocalNamespace namespace, List<Runnable> later) {
        quick = InMemoryAdapter.standalone(namespace);
        this.later = later;
    }

    @Override
    public Membership add(LocalSocket socket) {
        return quick.add(socket);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return quick.serverCount();
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        quick.broadcast(event, options);
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, BroadcastAckListener listener) {
        quick.broadcastWithAck(event, options, listener);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        return quick.fetchSockets(options);
    }

    @Override
    public void join(BroadcastOptions options, Collection<String> rooms) {
        quick.join(options, rooms);
    }

    @Override
    public void leave(BroadcastOptions options, Collection<String> rooms) {
        quick.leave(options, rooms);
    }

    @Override
    public void disconnect(BroadcastOptions options, boolean close) {
        quick.disconnect(options, close);
    }

    @Override
    public void persistSession(SavedSession session, Membership membership) {
        quick.persistSession(session, membership);
    }

    @Override
    public CompletionStage<Optional<SavedSession>> findSession(String pid, @Nullable String offset) {
        return quick.findSession(pid, offset);
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            SavedSession session, @Nullable String offset, Membership membership) {
        CompletableFuture<Optional<RestoredSession>> answer = new CompletableFuture<>();
        quick.restoreSession(session, offset, membership)
                .thenAccept(restored -> later.add(() -> answer.complete(restored)));
        return answer;
    }

    @Override
    public void close() {
        quick.close();
    }
}
