package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.packet.Packet;
import io.parley.websocket.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The adapter for a server that stands alone, and the local half of every other one.
 *
 * <p>Who gets a broadcast is settled when it is made. Then every event loop that has recipients gets one task, which
 * walks an array of its own sockets; a packet is encoded once for all of them.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public class InMemoryAdapter implements Adapter {

    private final LocalNamespace namespace;
    private final Room everybody = new Room();
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private volatile @Nullable RoomEvents roomEvents; // null until somebody listens

    /** The adapter of {@code namespace}. */
    public InMemoryAdapter(LocalNamespace namespace) {
        this.namespace = requireNonNull(namespace, "namespace");
    }

    /**
     * The adapter for a server that stands alone: with recovery if the server has it. This is the default of a server.
     */
    public static Adapter standalone(LocalNamespace namespace) {
        RecoveryStore store = namespace.recovery();
        return store == null ? new InMemoryAdapter(namespace) : new SessionAwareAdapter(namespace, store);
    }

    @Override
    public Membership add(LocalSocket socket) {
        return new Member(this, socket);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        Recipients recipients = recipients(options);
        if (recipients.isEmpty()) {
            return;
        }
        OutgoingEvent outgoing = outgoing(event, options);
        for (Recipients.OfLoop part : recipients.byLoop()) {
            handOver(part.loop(), () -> part.forEach(socket -> socket.deliver(outgoing)));
        }
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, BroadcastAckListener listener) {
        Recipients recipients = recipients(options);
        new AckRound(outgoing(event, options), options, listener).start(recipients, this::handOver);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        return CompletableFuture.completedFuture(List.copyOf(recipients(options).toSet()));
    }

    @Override
    public void join(BroadcastOptions options, Collection<String> names) {
        for (LocalSocket socket : recipients(options).toSet()) {
            socket.join(names);
        }
    }

    @Override
    public void leave(BroadcastOptions options, Collection<String> names) {
        for (LocalSocket socket : recipients(options).toSet()) {
            names.forEach(socket::leave);
        }
    }

    @Override
    public void disconnect(BroadcastOptions options, boolean close) {
        for (LocalSocket socket : recipients(options).toSet()) {
            socket.disconnect(close);
        }
    }

    @Override
    public synchronized void addRoomListener(RoomListener listener) {
        requireNonNull(listener, "listener");
        RoomEvents events = roomEvents;
        if (events == null) {
            events = new RoomEvents(namespace.handlerExecutor());
        }
        events.add(listener);
        roomEvents = events;
    }

    @Override
    public void close() {}

    /** The names of all rooms with members on this server, those of the sockets' own ids left out. */
    public Set<String> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    /** Has a task run on a loop after all that it was given before. */
    void handOver(EventLoop loop, Runnable task) {
        loop.run(task);
    }

    int maxRooms() {
        return namespace.maxRooms();
    }

    void seatInNamespace(Seat seat) {
        everybody.add(seat);
    }

    void unseatFromNamespace(Seat seat) {
        everybody.remove(seat);
    }

    void seat(String room, Seat seat) {
        RoomEvents events = roomEvents;
        rooms.compute(room, (name, known) -> {
            Room entered = known == null ? new Room() : known;
            entered.add(seat);
            if (events != null) {
                events.noteJoin(room, seat.socket.id(), known == null);
            }
            return entered;
        });
    }

    void unseat(String room, Seat seat) {
        RoomEvents events = roomEvents;
        rooms.computeIfPresent(room, (name, left) -> {
            boolean wasLast = left.remove(seat);
            if (events != null) {
                events.noteLeave(room, seat.socket.id(), wasLast);
            }
            return wasLast ? null : left;
        });
    }

    /** The socket has got the room of its own id: a room that is nowhere but in what is told. */
    void noteOwnRoom(String id) {
        RoomEvents events = roomEvents;
        if (events != null) {
            events.noteJoin(id, id, true);
        }
    }

    void noteOwnRoomGone(String id) {
        RoomEvents events = roomEvents;
        if (events != null) {
            events.noteLeave(id, id, true);
        }
    }

    /** Sees to it that listeners hear what was noted; to be called without a lock. */
    void tellRoomEvents() {
        RoomEvents events = roomEvents;
        if (events != null) {
            events.tell();
        }
    }

    private OutgoingEvent outgoing(Packet.Event event, BroadcastOptions options) {
        return new OutgoingEvent(
                event,
                options.flags().applyTo(namespace.encode(event)),
                options.flags().isVolatile(),
                null);
    }

    final Recipients recipients(BroadcastOptions options) {
        Recipients recipients = new Recipients();
        if (options.rooms().isEmpty()) {
            everybody.snapshot(recipients::include);
        }
        for (String name : options.rooms()) {
            include(name, recipients);
        }
        for (String name : options.except()) {
            exclude(name, recipients);
        }
        return recipients;
    }

    private void include(String name, Recipients recipients) {
        Room room = rooms.get(name);
        if (room != null) {
            room.snapshot(recipients::include);
        }
        Span own = own(name);
        if (own != null) {
            recipients.include(own);
        }
    }

    private void exclude(String name, Recipients recipients) {
        Room room = rooms.get(name);
        if (room != null) {
            room.snapshot(recipients::exclude);
        }
        Span own = own(name);
        if (own != null) {
            recipients.exclude(own);
        }
    }

    /** The room that every socket has by its id: it costs nothing, for it is looked up. */
    private @Nullable Span own(String id) {
        LocalSocket socket = namespace.socket(id);
        return socket == null ? null : new Span(socket.eventLoop(), new LocalSocket[] {socket}, 1);
    }
}
