package io.parley.socketio.server;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.EventNames;
import io.parley.socketio.adapter.BroadcastFlags;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Emits to one socket with flags.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param compress whether it may be compressed where that was agreed on
 * @param ackTimeout how long an acknowledgement may take; null for as long as the socket is connected
 */
record SocketEmitter(
        NamespaceSocket socket,
        boolean isVolatile,
        boolean compress,
        @Nullable Duration ackTimeout) implements Emitter {

    @Override
    public void emit(String event, @Nullable Object... args) {
        socket.sendEvent(EventNames.requireUsable(event), Arguments.of(args), this);
    }

    @Override
    public <T extends @Nullable Object> void emit(Event<T> event, T value) {
        socket.sendEvent(event.name(), event.write(value), this);
    }

    @Override
    public CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... args) {
        return socket.request(EventNames.requireUsable(event), Arguments.of(args), this);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> emitWithAck(
            AckEvent<T, R> event, T value) {
        return socket.request(event.name(), event.write(value), this).thenApply(event::readReply);
    }

    @Override
    public Emitter timeout(Duration timeout) {
        return new SocketEmitter(socket, isVolatile, compress, SocketIoOptions.atLeastOneMilli("timeout", timeout));
    }

    @Override
    public Emitter asVolatile() {
        return new SocketEmitter(socket, true, compress, ackTimeout);
    }

    @Override
    public Emitter compress(boolean allowed) {
        return new SocketEmitter(socket, isVolatile, allowed, ackTimeout);
    }

    /** The same flags as those of a broadcast. */
    BroadcastFlags flags() {
        return new BroadcastFlags(isVolatile, false, compress, ackTimeout);
    }
}
