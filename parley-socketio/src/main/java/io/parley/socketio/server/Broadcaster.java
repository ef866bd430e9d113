package io.parley.socketio.server;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.adapter.UserRooms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reaches many sockets: those of a namespace, or of some of its rooms. Methods that narrow down give a
 * {@link BroadcastOperator} and leave this one as it is.
 *
 * <p><b>Threading.</b> Safe for any thread. What one thread sends arrives at each recipient in the order of the calls,
 * whether it went to one or to many; a socket that it put into a room before gets what it sends to the room after.
 */
public interface Broadcaster {

    /** What everything here stands on. */
    BroadcastOperator broadcast();

    /**
     * Narrows down to rooms: whoever is in any of them, once. Calls add up. A socket's id is the name of a room that
     * holds that socket.
     */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /**
     * Narrows down to the sockets of users, by the names of their principals; see {@link Socket#authenticate}. {@code
     * io.user("alice").disconnectSockets(true)} logs her out everywhere.
     */
    default BroadcastOperator user(String... names) {
        return broadcast().to(UserRooms.of(names));
    }

    /** Leaves out whoever is in any of these rooms. Calls add up. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Stays on this server. */
    default BroadcastOperator local() {
        return broadcast().local();
    }

    /** Drops what could not leave at once: for each recipient that is slow, or between two polls. */
    default BroadcastOperator asVolatile() {
        return broadcast().asVolatile();
    }

    /** Says whether what is sent may be compressed, where that was agreed on; it may unless this says no. */
    default BroadcastOperator compress(boolean allowed) {
        return broadcast().compress(allowed);
    }

    /**
     * Sets how long acknowledgements may take.
     *
     * @param timeout 1 ms or more
     * @throws IllegalArgumentException if it is shorter
     */
    default BroadcastOperator timeout(Duration timeout) {
        return broadcast().timeout(timeout);
    }

    /**
     * Sends an event.
     *
     * @param args see {@link Emitter#emit(String, Object...)}
     * @throws IllegalArgumentException if the name is reserved or an argument cannot become JSON
     */
    default void emit(String event, @Nullable Object... args) {
        broadcast().emit(event, args);
    }

    /** Sends an event that was declared. */
    default <T extends @Nullable Object> void emit(Event<T> event, T value) {
        broadcast().emit(event, value);
    }

    /** Sends an event of the name {@code message}. */
    default void send(@Nullable Object... args) {
        emit("message", args);
    }

    /** The same as {@link #send}. */
    default void write(@Nullable Object... args) {
        send(args);
    }

    /**
     * Sends an event and collects an acknowledgement from each client.
     *
     * @return one answer for each client, in the order in which they came; complete when all have answered. Fails with
     *     {@link io.parley.socketio.AckTimeoutException}, which carries the answers so far, when the timeout has
     *     passed: {@link #timeout}, else {@link SocketIoOptions#broadcastAckTimeout}
     */
    default CompletableFuture<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
        return broadcast().emitWithAck(event, args);
    }

    /** Sends an event that was declared and collects the answers; one of another type fails the future. */
    default <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> emitWithAck(
            AckEvent<T, R> event, T value) {
        return broadcast().emitWithAck(event, value);
    }

    /** Finds the sockets that {@link #emit(String, Object...)} would reach. */
    default CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return broadcast().fetchSockets();
    }

    /** Puts the sockets that {@link #emit(String, Object...)} would reach into rooms. */
    default void socketsJoin(String... rooms) {
        broadcast().socketsJoin(rooms);
    }

    /** Takes the sockets that {@link #emit(String, Object...)} would reach out of rooms. */
    default void socketsLeave(String... rooms) {
        broadcast().socketsLeave(rooms);
    }

    /** Disconnects the sockets that {@link #emit(String, Object...)} would reach; their connections stay. */
    default void disconnectSockets() {
        disconnectSockets(false);
    }

    /**
     * Disconnects the sockets that {@link #emit(String, Object...)} would reach. With connection state recovery in
     * memory, clients that are away and would have missed such an event cannot come back to their session.
     *
     * @param close whether to close their connections as well
     */
    default void disconnectSockets(boolean close) {
        broadcast().disconnectSockets(close);
    }
}
