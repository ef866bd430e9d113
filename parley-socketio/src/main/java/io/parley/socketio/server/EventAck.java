package io.parley.socketio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers one event of a client, once. */
final class EventAck implements Ack {

    /** For an event that asked for no answer. */
    static final Ack NOT_REQUESTED = new Ack() {
        @Override
        public void send(@Nullable Object... values) {}

        @Override
        public boolean isRequested() {
            return false;
        }
    };

    private final NamespaceSocket socket;
    private final long ackId;
    private final AtomicBoolean answered = new AtomicBoolean();

    private EventAck(NamespaceSocket socket, long ackId) {
        this.socket = socket;
        this.ackId = ackId;
    }

    static Ack of(NamespaceSocket socket, @Nullable Long ackId) {
        return ackId == null ? NOT_REQUESTED : new EventAck(socket, ackId);
    }

    @Override
    public void send(@Nullable Object... values) {
        Packet.Ack packet = new Packet.Ack(socket.namespace().name(), ackId, Arguments.of(values));
        List<EncodedPacket> messages = socket.namespace().server().encode(packet); // may throw: not answered then
        if (answered.compareAndSet(false, true)) {
            socket.write(messages);
        }
    }

    @Override
    public boolean isRequested() {
        return true;
    }
}
