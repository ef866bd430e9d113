package io.parley.socketio.server;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client. {@link #timeout} and {@link #asVolatile} give another emitter and leave this one as it
 * is.
 *
 * <p><b>Threading.</b> Safe for any thread. What one thread emits arrives in the order of the calls. Futures are
 * completed on handler threads, not in the order of the socket's handlers: a handler may wait for one.
 */
public interface Emitter {

    /**
     * Sends an event. Once the socket is disconnected it goes nowhere.
     *
     * @param args anything the codec makes JSON of; {@code byte[]} and {@code ByteBuffer} anywhere in it travel as
     *     binary and must not change any more
     * @throws IllegalArgumentException if the name is reserved ({@code "connect" is a reserved event name}), or if an
     *     argument cannot become JSON
     */
    void emit(String event, @Nullable Object... args);

    /** Sends an event that was declared. */
    <T extends @Nullable Object> void emit(Event<T> event, T value);

    /** Sends an event of the name {@code message}. */
    default void send(@Nullable Object... args) {
        emit("message", args);
    }

    /** The same as {@link #send}. */
    default void write(@Nullable Object... args) {
        send(args);
    }

    /**
     * Sends an event and asks for an acknowledgement.
     *
     * @return what the client answered. Fails with {@link io.parley.socketio.AckTimeoutException} when a
     *     {@link #timeout} was set and has passed; with {@link io.parley.socketio.SocketIoException}
     *     {@code socket has been disconnected} when the client went away; likewise at once when
     *     {@link SocketIoOptions#maxPendingAcks} answers are awaited already, or when a volatile event was dropped
     * @throws IllegalArgumentException as {@link #emit(String, Object...)}
     */
    CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... args);

    /** Sends an event that was declared and asks for its answer; an answer of another type fails the future. */
    <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> emitWithAck(
            AckEvent<T, R> event, T value);

    /**
     * Sets how long an acknowledgement may take; without end unless set.
     *
     * @param timeout 1 ms or more
     * @throws IllegalArgumentException if it is shorter
     */
    Emitter timeout(Duration timeout);

    /** Says whether what is sent may be compressed, where that was agreed on; it may unless this says no. */
    Emitter compress(boolean allowed);

    /** Drops what could not leave at once: a client that is slow, or between two polls. */
    Emitter asVolatile();
}
