package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
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

    /** The way to what lives on {@code other}; null when that is this loop. */
    @Nullable
    Crossing crossingTo(EventLoop other) {
        return other.equals(loop) ? null : crossings.computeIfAbsent(other, away -> new Crossing(loop, away));
    }
}
