package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpRequest;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop share.
 *
 * <p><b>Threading.</b> Confined to the event loop, but for {@link #server}, {@link #eventLoop} and {@link #heartbeats}.
 */
final class HomeLoop {

    private static final int KEPT_REQUESTS = 16;
    private static final String KEY = "Sec-WebSocket-Key"; // random, and of no use after the handshake

    private final EngineServer server;
    private final EventLoop loop;
    private final Heartbeats heartbeats;
    private final Map<EventLoop, Crossing> crossings = new HashMap<>(); // by the loop they lead to
    private final @Nullable HttpRequest[] latestRequests = new HttpRequest[KEPT_REQUESTS]; // at their hash

    HomeLoop(EngineServer server, EventLoop loop) {
        this.server = server;
        this.loop = loop;
        heartbeats = new Heartbeats(loop, server.options());
    }

    EngineServer server() {
        return server;
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
     * What a session over WebSocket keeps for life of its request: all but the key and where it came from. Of the clients
     * of one program that is mostly the same, and then it is one object for all of them.
     *
     * @return what {@link #from} makes whole
     */
    HttpRequest keepable(HttpRequest request) {
        HttpRequest kept = new HttpRequest(
                request.method(),
                request.target(),
                request.headers().without(KEY),
                null,
                request.secure(),
                request.clientCertificates());
        int place = Math.floorMod(kept.hashCode(), KEPT_REQUESTS);
        HttpRequest earlier = latestRequests[place];
        if (earlier != null && earlier.equals(kept)) {
            return earlier;
        }
        latestRequests[place] = kept;
        return kept;
    }

    /** A request that was kept, from where it came. */
    static HttpRequest from(SocketAddress address, HttpRequest kept) {
        return new HttpRequest(
                kept.method(), kept.target(), kept.headers(), address, kept.secure(), kept.clientCertificates());
    }
}
