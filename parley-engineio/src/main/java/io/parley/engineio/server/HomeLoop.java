package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop share.
 *
 * <p><b>Threading.</b> Confined to the event loop, but for {@link #eventLoop} and {@link #heartbeats}.
 */
final class HomeLoop {

    private static final int KEPT_HEADERS = 16;
    private static final String KEY = "Sec-WebSocket-Key"; // random, and of no use after the handshake

    private final EventLoop loop;
    private final Heartbeats heartbeats;
    private final Map<EventLoop, Crossing> crossings = new HashMap<>(); // by the loop they lead to
    private final @Nullable HttpHeaders[] latestHeaders = new HttpHeaders[KEPT_HEADERS]; // at their hash

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

    /**
     * The request that a session over WebSocket keeps for life: without the key, and with the header fields of an earlier
     * one if they are the same, as those of one program's clients mostly are.
     */
    HttpRequest keepable(HttpRequest request) {
        HttpHeaders headers = request.headers().without(KEY);
        int place = Math.floorMod(headers.hashCode(), KEPT_HEADERS);
        HttpHeaders earlier = latestHeaders[place];
        if (earlier != null && earlier.equals(headers)) {
            headers = earlier;
        }
        latestHeaders[place] = headers;
        return new HttpRequest(
                request.method(),
                request.target(),
                headers,
                request.remoteAddress(),
                request.secure(),
                request.clientCertificates());
    }
}
