package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Argument;
import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import io.parley.websocket.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The adapter for a server that stands alone and whose clients can come back: it gives each event an offset and keeps it
 * in a {@link RecoveryStore}.
 *
 * <p>An event is encoded, takes its place in the log, gets its recipients and is handed to their event loops: the last
 * three in one go, under the store's lock, and always as tasks of the loops, so that every socket is given the events in
 * the order of the log, whichever threads they come from.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class SessionAwareAdapter extends InMemoryAdapter {

    private final LocalNamespace namespace;
    private final RecoveryStore store;

    SessionAwareAdapter(LocalNamespace namespace, RecoveryStore store) {
        super(namespace);
        this.namespace = namespace;
        this.store = store;
    }

    @Override
    public Membership add(LocalSocket socket) {
        return new LoggedMember(this, socket, namespace.name(), store);
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        if (options.flags().isVolatile() && !endsWithText(event.arguments())) {
            super.broadcast(event, options);
            return;
        }
        String offset = store.nextOffset();
        Packet.Event stamped = stamp(event, offset);
        List<EncodedPacket> messages = options.flags().applyTo(namespace.encode(stamped));
        store.locked(() -> {
            send(stamped, options, messages, offset);
            return null;
        });
    }

    /** A volatile event is not kept; but the client would take its last text for an offset, so it is given one. */
    private static boolean endsWithText(Arguments arguments) {
        return !arguments.isEmpty() && arguments.kind(arguments.size() - 1) == Argument.Kind.STRING;
    }

    private static Packet.Event stamp(Packet.Event event, String offset) {
        Arguments arguments = event.arguments();
        @Nullable Object[] stamped = new Object[arguments.size() + 1];
        for (int i = 0; i < arguments.size(); i++) {
            stamped[i] = arguments.get(i);
        }
        stamped[arguments.size()] = offset;
        return new Packet.Event(event.namespace(), event.name(), Arguments.of(stamped), null);
    }

    private void send(Packet.Event event, BroadcastOptions options, List<EncodedPacket> messages, String text) {
        Recipients recipients = recipients(options);
        if (recipients.isEmpty() && !store.isAwaited()) {
            return;
        }
        boolean isVolatile = options.flags().isVolatile();
        Offset offset = new Offset(text, store.position());
        store.append(new HeldEvent(namespace.name(), offset, options, isVolatile ? List.of() : messages, store.now()));
        OutgoingEvent outgoing = new OutgoingEvent(event, messages, isVolatile, offset);
        for (Recipients.OfLoop part : recipients.byLoop()) {
            store.purgeLater(part.loop());
            handOver(part.loop(), () -> part.forEach(socket -> socket.deliver(outgoing)));
        }
    }

    /** Who is put out while away cannot come back to the session. */
    @Override
    public void disconnect(BroadcastOptions options, boolean close) {
        Recipients recipients = store.locked(() -> {
            store.disconnect(namespace.name(), options);
            return recipients(options);
        });
        recipients.toSet().forEach(socket -> socket.disconnect(close));
        for (Recipients.OfLoop part : recipients.byLoop()) { // for who comes back at this very moment
            handOver(part.loop(), () -> part.forEach(socket -> disconnect(socket, close)));
        }
    }

    private static void disconnect(LocalSocket socket, boolean close) {
        if (socket.isConnected()) {
            socket.disconnect(close);
        }
    }

    @Override
    void handOver(EventLoop loop, Runnable task) {
        loop.execute(task);
    }

    @Override
    void seat(String room, Seat seat) {
        store.locked(() -> {
            ((LoggedMember.LoggedSeat) seat).since = store.position();
            super.seat(room, seat);
            return null;
        });
    }

    @Override
    public void persistSession(SavedSession session, Membership membership) {
        ((LoggedMember) membership).keep(session);
    }

    @Override
    public CompletionStage<Optional<SavedSession>> findSession(String pid, @Nullable String offset) {
        return CompletableFuture.completedStage(store.find(namespace.name(), pid, offset));
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            SavedSession session, @Nullable String offset, Membership membership) {
        Replay replay = ((LoggedMember) membership).restore(session, offset);
        if (replay == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        RestoredSession restored = replay.toSession();
        store.onRestored(restored.missed().size());
        return CompletableFuture.completedStage(Optional.of(restored));
    }
}
