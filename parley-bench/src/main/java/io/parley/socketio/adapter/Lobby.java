package io.parley.socketio.adapter;

import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import io.parley.websocket.EventLoop;
import io.parley.websocket.connection.NettyEventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A namespace whose sockets have no connection: what it takes to know who gets what, and no more.
 *
 * <p><b>Threading.</b> Confined to one thread, which is the event loop as well.
 */
final class Lobby implements LocalNamespace {

    private final EventLoop loop = NettyEventLoop.of(new EmbeddedChannel().eventLoop());
    private final Map<String, LocalSocket> sockets = new ConcurrentHashMap<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final InMemoryAdapter adapter = new InMemoryAdapter(this);

    /** A namespace with so many sockets, which are in no room. */
    Lobby(int size) {
        for (int i = 0; i < size; i++) {
            Visitor visitor = new Visitor("visitor-" + i, loop);
            sockets.put(visitor.id, visitor);
            memberships.add(adapter.add(visitor));
        }
    }

    InMemoryAdapter adapter() {
        return adapter;
    }

    /** The rooms of one socket. */
    Membership membership(int index) {
        return memberships.get(index);
    }

    @Override
    public String name() {
        return "/";
    }

    @Override
    public @Nullable LocalSocket socket(String id) {
        return sockets.get(id);
    }

    @Override
    public List<EncodedPacket> encode(Packet packet) {
        return List.of(EncodedPacket.text("2[]"));
    }

    @Override
    public Executor handlerExecutor() {
        return Runnable::run;
    }

    @Override
    public void onServerSideEvent(String event, Arguments arguments, Ack ack) {}

    @Override
    public @Nullable RecoveryStore recovery() {
        return null;
    }

    @Override
    public int maxRooms() {
        return Integer.MAX_VALUE;
    }

    /** A socket that forgets what it gets. */
    private static final class Visitor implements LocalSocket {

        private final String id;
        private final EventLoop loop;
        private long lastMark;

        Visitor(String id, EventLoop loop) {
            this.id = id;
            this.loop = loop;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Set<String> rooms() {
            return Set.of(id);
        }

        @Override
        public Map<String, Object> data() {
            return Map.of();
        }

        @Override
        public EventLoop eventLoop() {
            return loop;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean mark(long broadcast) {
            boolean fresh = lastMark != broadcast;
            lastMark = broadcast;
            return fresh;
        }

        @Override
        public void deliver(OutgoingEvent event) {}

        @Override
        public boolean deliverWithAck(OutgoingEvent event, Consumer<Arguments> onAck) {
            return false;
        }

        @Override
        public void forgetAck(long ackId) {}

        @Override
        public void join(Collection<String> rooms) {}

        @Override
        public void leave(String room) {}

        @Override
        public void disconnect(boolean close) {}
    }
}
