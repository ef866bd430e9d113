package io.parley.engineio.server;

import io.parley.engineio.EngineException;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketDecoder;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The move of a session from polling to a transport that probes (Engine.IO protocol 4, "Upgrade"). It ends in one of
 * two ways: the session moved, or the probing transport was closed and the session goes on over polling.
 *
 * <p><b>Threading.</b> Confined to the session's home.
 */
final class Upgrade {

    /** While the client waits for its poll to end, it is ended so often. */
    private static final Duration NOOP_INTERVAL = Duration.ofMillis(100);

    private final EngineSession session;
    private final ProbingTransport probing;
    private final Duration timeout;
    private EventLoop.@Nullable Timeout timeoutTimer; // non-null while the upgrade is under way
    private EventLoop.@Nullable Timeout noopTimer; // non-null from the probe to the end

    Upgrade(EngineSession session, ProbingTransport probing, Duration timeout) {
        this.session = session;
        this.probing = probing;
        this.timeout = timeout;
    }

    void start() {
        if (session.startUpgrade(this)) {
            timeoutTimer = session.eventLoop().schedule(this::abandon, timeout);
        } else {
            probing.discard();
        }
    }

    void onText(String text) {
        if (timeoutTimer != null) {
            react(decode(text));
        }
    }

    /** A packet came over the probing transport. */
    void onPacket(EnginePacket packet) {
        if (timeoutTimer != null) {
            react(packet);
        }
    }

    private void react(@Nullable EnginePacket packet) {
        if (packet instanceof EnginePacket.Ping ping && ping.data().equals("probe")) {
            onProbe();
        } else if (packet instanceof EnginePacket.Upgrade) {
            finish();
            probing.endProbe();
            session.moveTo(probing);
        } else {
            abandon();
        }
    }

    /** The packet; null when it is none. */
    private static @Nullable EnginePacket decode(String text) {
        try {
            return PacketDecoder.decode(text);
        } catch (EngineException expected) { // ends the probe like any other packet that does not belong here
            return null;
        }
    }

    private void onProbe() {
        probing.send(Packets.PROBE_ANSWER);
        session.onUpgrading(probing.type());
        if (noopTimer == null) {
            noopLater();
        }
    }

    private void noopLater() {
        noopTimer = session.eventLoop().schedule(this::onNoopDue, NOOP_INTERVAL);
    }

    private void onNoopDue() {
        session.endPoll();
        noopLater();
    }

    void onBinary() {
        abandon();
    }

    void onClosed() {
        finish();
    }

    /** Closes the probing transport; the session stays as it is. */
    void abandon() {
        finish();
        probing.discard();
    }

    private void finish() {
        if (timeoutTimer != null) {
            timeoutTimer.cancel();
            timeoutTimer = null;
            session.endUpgrade();
        }
        if (noopTimer != null) {
            noopTimer.cancel();
            noopTimer = null;
        }
    }
}
