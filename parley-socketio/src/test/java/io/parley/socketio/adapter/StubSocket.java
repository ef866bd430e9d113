package io.parley.socketio.adapter;

import io.parley.socketio.Arguments;
import io.parley.websocket.EventLoop;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A socket that is connected, is in no room, and takes no events unless a test says how. */
abstract class StubSocket implements LocalSocket {

    private final String id;
    private final EventLoop loop;
    private long lastMark;

    StubSocket(String id, EventLoop loop) {
        this.id = id;
        this.loop = loop;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final EventLoop eventLoop() {
        return loop;
    }

    @Override
    public final boolean isConnected() {
        return true;
    }

    @Override
    public final boolean mark(long broadcast) {
        boolean fresh = lastMark != broadcast;
        lastMark = broadcast;
        return fresh;
    }

    @Override
    public Set<String> rooms() {
        return Set.of();
    }

    @Override
    public final Map<String, Object> data() {
        return Map.of();
    }

    @Override
    public void deliver(OutgoingEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean deliverWithAck(OutgoingEvent event, Consumer<Arguments> onAck) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void forgetAck(long ackId) {}

    @Override
    public void join(Collection<String> rooms) {}

    @Override
    public void leave(String room) {}

    @Override
    public final void disconnect(boolean close) {}
}
