package io.parley.engineio.server;

import io.parley.engineio.EngineException;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketDecoder;
import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The move of a session from polling to a transport that probes (Engine.IO protocol 4, "Upgrade"). It ends in one of
 * two ways: the session moved, or the probing transport was closed and the session goes on over polling. When that was
 * for a mistake of the client, {@link EngineServer#onConnectionError} is told.
 *
 * <p><b>Threading.</b> Confined to the session's home.
 */
final class Upgrade {

    /** A poll that waits is ended when the probe is answered, and so often after that. */
    private static final Duration NOOP_INTERVAL = Duration.ofMillis(100);

    private final EngineSession session;
    private final ProbingTransport probing;
    private final HttpRequest request;
    private final Duration timeout;
    private EventLoop.@Nullable Timeout timeoutTimer; // non-null while the upgrade is under way
    private boolean probed;
    private EventLoop.@Nullable Timeout noopTimer; // non-null from the answer to the probe to the end

    /** {@code request} is the one that brought the probing transport. */
    Upgrade(EngineSession session, ProbingTransport probing, HttpRequest request, Duration timeout) {
        this.session = session;
        this.probing = probing;
        this.request = request;
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
        EnginePacket packet;
        try {
            packet = PacketDecoder.decode(text);
        } catch (EngineException mistake) {
            onMistake(mistake);
            return;
        }
        onPacket(packet);
    }

    /** A packet came over the probing transport. */
    void onPacket(EnginePacket packet) {
        if (timeoutTimer == null) {
            return;
        }
        if (packet instanceof EnginePacket.Ping ping && ping.data().equals("probe")) {
            onProbe();
        } else if (packet instanceof EnginePacket.Upgrade) {
            finish();
            probing.endProbe();
            session.moveTo(probing);
        } else {
            onMistake(
                    Packets.misplaced(packet, "from a probing transport (expected: PING with \"probe\", or UPGRADE)"));
        }
    }

    /** What came is no packet, or none that belongs here: ends the probe, and the application is told why. */
    void onMistake(EngineException mistake) {
        if (timeoutTimer != null) {
            abandon();
            session.onUpgradeFailed(request, probing.type(), mistake);
        }
    }

    private void onProbe() {
        probing.send(Packets.PROBE_ANSWER);
        session.onUpgrading(probing.type());
        if (!probed) {
            probed = true;
            session.eventLoop().execute(this::onNoopDue); // behind the answer: see docs/adr/0021-noop-at-once.md
        }
    }

    private void onNoopDue() {
        if (timeoutTimer != null) { // otherwise it is over already
            session.endPoll();
            noopTimer = session.eventLoop().schedule(this::onNoopDue, NOOP_INTERVAL);
        }
    }

    void onBinary(ByteBuffer bytes) {
        onPacket(new EnginePacket.Binary(bytes));
    }

    /** The probing transport is gone; {@code mistake} is the client's, null when it made none. */
    void onClosed(@Nullable EngineException mistake) {
        if (mistake != null) {
            onMistake(mistake);
        } else {
            finish();
        }
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
