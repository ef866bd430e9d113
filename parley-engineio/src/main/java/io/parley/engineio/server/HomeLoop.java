package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.WebSocketConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop share.
 *
 * <p><b>Threading.</b> Confined to the event loop, but for {@link #eventLoop} and {@link #heartbeats}.
 */
final class HomeLoop {

    private final EventLoop loop;
    private final Heartbeats heartbeats;
    private final Map<EventLoop, Crossing> crossings = new HashMap<>(); // by the loop they lead to

    HomeLoop(EventLoop loop, EngineOptions options) {
        this.loop = loop;
        heartbeats = new Heartbeats(loop, options);
    }

    EventLoop eventLoop() {
        return loop;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** The way to a WebSocket; null when it lives here. */
    @Nullable
    Crossing crossingTo(WebSocketConnection connection) {
        EventLoop other = connection.eventLoop();
        return other.equals(loop) ? null : crossings.computeIfAbsent(other, away -> new Crossing(loop, away));
    }
}
