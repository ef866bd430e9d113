package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several observers as one that never throws.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Observers implements EngineObserver {

    private static final Logger log = LoggerFactory.getLogger(EngineObserver.class);

    private final EngineObserver[] all;

    private Observers(EngineObserver[] all) {
        this.all = all;
    }

    /** Those there are and one more. */
    static Observers add(@Nullable Observers known, EngineObserver another) {
        EngineObserver[] all = known == null ? new EngineObserver[1] : Arrays.copyOf(known.all, known.all.length + 1);
        all[all.length - 1] = another;
        return new Observers(all);
    }

    private void tell(Consumer<EngineObserver> event) {
        for (EngineObserver observer : all) {
            try {
                event.accept(observer);
            } catch (RuntimeException | Error thrown) {
                log.error("An observer failed", thrown);
            }
        }
    }

    @Override
    public void onOpen(EngineSocket socket) {
        tell(to -> to.onOpen(socket));
    }

    @Override
    public void onPacket(EngineSocket socket, EnginePacket packet) {
        tell(to -> to.onPacket(socket, packet));
    }

    @Override
    public void onPacketCreate(EngineSocket socket, EncodedPacket packet) {
        tell(to -> to.onPacketCreate(socket, packet));
    }

    @Override
    public void onText(EngineSocket socket, EnginePacket.Text message) {
        tell(to -> to.onText(socket, message));
    }

    @Override
    public void onBinary(EngineSocket socket, EnginePacket.Binary message) {
        tell(to -> to.onBinary(socket, message));
    }

    @Override
    public void onHeartbeat(EngineSocket socket) {
        tell(to -> to.onHeartbeat(socket));
    }

    @Override
    public void onUpgrading(EngineSocket socket, TransportType transport) {
        tell(to -> to.onUpgrading(socket, transport));
    }

    @Override
    public void onUpgrade(EngineSocket socket, TransportType transport) {
        tell(to -> to.onUpgrade(socket, transport));
    }

    @Override
    public void onFlush(EngineSocket socket, List<EncodedPacket> packets) {
        List<EncodedPacket> seen = List.copyOf(packets);
        tell(to -> to.onFlush(socket, seen));
    }

    @Override
    public void onDrain(EngineSocket socket) {
        tell(to -> to.onDrain(socket));
    }

    @Override
    public void onClose(EngineSocket socket, DisconnectReason reason, String description) {
        tell(to -> to.onClose(socket, reason, description));
    }
}
