package io.parley.socketio.server;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.EventNames;
import io.parley.socketio.adapter.BroadcastFlags;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.UserRooms;
import io.parley.socketio.packet.Packet;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast being described: {@code io.to("room").except(socket.id()).emit("news", headline)}. Each step gives a new
 * operator, so one may be kept and used again.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class BroadcastOperator implements Broadcaster {

    private final Namespace namespace;
    private final BroadcastOptions options;

    BroadcastOperator(Namespace namespace, BroadcastOptions options) {
        this.namespace = namespace;
        this.options = options;
    }

    @Override
    public BroadcastOperator broadcast() {
        return this;
    }

    @Override
    public BroadcastOperator to(String... rooms) {
        return with(new BroadcastOptions(union(options.rooms(), rooms), options.except(), options.flags()));
    }

    @Override
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    @Override
    public BroadcastOperator except(String... rooms) {
        return with(new BroadcastOptions(options.rooms(), union(options.except(), rooms), options.flags()));
    }

    @Override
    public BroadcastOperator local() {
        BroadcastFlags flags = options.flags();
        return with(new BroadcastFlags(flags.isVolatile(), true, flags.compress(), flags.timeout()));
    }

    @Override
    public BroadcastOperator asVolatile() {
        BroadcastFlags flags = options.flags();
        return with(new BroadcastFlags(true, flags.isLocal(), flags.compress(), flags.timeout()));
    }

    @Override
    public BroadcastOperator compress(boolean allowed) {
        BroadcastFlags flags = options.flags();
        return with(new BroadcastFlags(flags.isVolatile(), flags.isLocal(), allowed, flags.timeout()));
    }

    @Override
    public BroadcastOperator timeout(Duration timeout) {
        BroadcastFlags flags = options.flags();
        Duration checked = SocketIoOptions.atLeastOneMilli("timeout", timeout);
        return with(new BroadcastFlags(flags.isVolatile(), flags.isLocal(), flags.compress(), checked));
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        emit(EventNames.requireUsable(event), Arguments.of(args));
    }

    @Override
    public <T extends @Nullable Object> void emit(Event<T> event, T value) {
        emit(event.name(), event.write(value));
    }

    @Override
    public CompletableFuture<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
        return request(EventNames.requireUsable(event), Arguments.of(args));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> emitWithAck(
            AckEvent<T, R> event, T value) {
        return request(event.name(), event.write(value)).thenApply(replies -> Readers.replies(event, replies));
    }

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return namespace.adapter().fetchSockets(options).thenApply(namespace::remoteSockets);
    }

    @Override
    public void socketsJoin(String... rooms) {
        namespace.adapter().join(options, UserRooms.requireOrdinary(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        namespace.adapter().leave(options, UserRooms.requireOrdinary(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnect(options, close);
    }

    private void emit(String event, Arguments arguments) {
        namespace.adapter().broadcast(new Packet.Event(namespace.name(), event, arguments, null), options);
    }

    private CompletableFuture<List<Arguments>> request(String event, Arguments arguments) {
        BroadcastOperator timed =
                options.flags().timeout() == null ? timeout(namespace.options().broadcastAckTimeout()) : this;
        BroadcastReplies replies = new BroadcastReplies(namespace.server());
        var unused = namespace.adapter().serverCount().whenComplete(replies::onServerCount);
        Packet.Event packet = new Packet.Event(namespace.name(), event, arguments, namespace.nextAckId());
        namespace.adapter().broadcastWithAck(packet, timed.options, replies);
        return replies.future();
    }

    private BroadcastOperator with(BroadcastFlags flags) {
        return with(new BroadcastOptions(options.rooms(), options.except(), flags));
    }

    private BroadcastOperator with(BroadcastOptions newOptions) {
        return new BroadcastOperator(namespace, newOptions);
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        Collections.addAll(all, more);
        return all;
    }
}
