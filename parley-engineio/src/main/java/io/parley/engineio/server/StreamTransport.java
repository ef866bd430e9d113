package io.parley.engineio.server;

import static io.parley.engineio.DisconnectReason.TRANSPORT_CLOSE;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a WebTransport session. It probes first when the Engine.IO session began over polling.
 *
 * <p><b>Threading.</b> Confined to the session's home, but for what {@link Transport} allows elsewhere. What happens on
 * a connection of another loop is brought here by the {@link WebTransportArrival}.
 */
final class StreamTransport implements ProbingTransport {

    private final EngineSession session;
    private final WebTransportConnection connection;
    private final int maxBufferedBytes;
    private final @Nullable Inflow inflow; // non-null when the connection lives on another loop
    private @Nullable Ferry ferry; // likewise
    private @Nullable Upgrade upgrade; // non-null while this transport probes

    StreamTransport(
            EngineSession session, WebTransportConnection connection, EngineOptions options, @Nullable Inflow inflow) {
        this.inflow = inflow;
        this.session = session;
        this.connection = connection;
        maxBufferedBytes = options.maxBufferedBytes();
    }

    /** Begins the session. */
    void open() {
        if (!session.open(this)) {
            connection.close();
        }
    }

    /** Asks to take over the session. */
    void probe(EngineOptions options, HttpRequest request) {
        ferry = Ferry.to(connection.eventLoop(), session);
        upgrade = new Upgrade(session, this, request, options.upgradeTimeout());
        upgrade.start();
    }

    void onPacket(EnginePacket packet) {
        if (upgrade != null) {
            upgrade.onPacket(packet);
        } else {
            session.onPacket(packet);
        }
    }

    /** What came is no packet. */
    void onMistake(EngineException mistake) {
        if (upgrade != null) {
            upgrade.onMistake(mistake);
        } else {
            session.end(mistake.reason(), mistake.getMessage());
        }
    }

    void onDrain() {
        if (upgrade == null) {
            session.onDrain();
            session.onBelowHighWaterMark();
        }
    }

    void onClose(String description) {
        if (upgrade != null) {
            upgrade.onClosed(null);
        } else {
            session.end(TRANSPORT_CLOSE, description);
        }
    }

    @Override
    public void endProbe() {
        upgrade = null;
    }

    @Override
    public TransportType type() {
        return TransportType.WEBTRANSPORT;
    }

    @Override
    public void send(EncodedPacket packet) {
        ByteBuffer bytes = packet.streamForm();
        if (bufferedBytes() + bytes.remaining() > maxBufferedBytes) {
            session.onOverflow();
        } else if (ferry == null) {
            connection.send(bytes);
        } else {
            ferry.send(bytes.remaining(), () -> connection.send(bytes));
        }
    }

    @Override
    public void whenSent(CompletableFuture<Void> told) {
        Crossing.Passenger question = new FlushQuestion(connection::flushed, session.eventLoop(), told);
        if (ferry == null) {
            question.arrive();
        } else {
            ferry.run(question);
        }
    }

    @Override
    public boolean isWritable() {
        return !isAboveHighWaterMark();
    }

    @Override
    public boolean isAboveHighWaterMark() {
        return !connection.isWritable() || (ferry != null && ferry.isFull());
    }

    @Override
    public long bufferedBytes() {
        return connection.bufferedAmount() + (ferry == null ? 0 : ferry.bytes());
    }

    /** The connection itself lets what was sent leave first. */
    @Override
    public void close() {
        discard();
        session.onClosed();
    }

    @Override
    public void discard() {
        if (ferry == null) {
            connection.close();
        } else {
            ferry.run(connection::close);
        }
    }

    @Override
    public void cut() {
        connection.terminate();
    }

    @Override
    public void pauseReading() {
        if (inflow != null) {
            inflow.pauseReading();
        } else {
            connection.pauseReading();
        }
    }

    @Override
    public void resumeReading() {
        if (inflow != null) {
            inflow.resumeReading();
        } else {
            connection.resumeReading();
        }
    }
}
