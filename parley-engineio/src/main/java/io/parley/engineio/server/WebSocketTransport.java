package io.parley.engineio.server;

import static io.parley.engineio.DisconnectReason.TRANSPORT_CLOSE;
import static io.parley.engineio.DisconnectReason.TRANSPORT_ERROR;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpRequest;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, one packet a message. It probes first when the session began over polling.
 *
 * <p><b>Threading.</b> Confined to the session's home, but for what {@link Transport} allows elsewhere. A connection
 * that lives on another loop reaches it through a {@link HomeListener}.
 */
final class WebSocketTransport implements ProbingTransport, WebSocketListener {

    private static final char MESSAGE = '4';

    private final EngineSession session;
    private final WebSocketFormat format;
    private volatile @Nullable WebSocketConnection connection; // null until the handshake is done
    private @Nullable Away away; // non-null when the connection lives on another loop
    private @Nullable Upgrade upgrade; // non-null while this transport probes

    /** The way there, and the way from there. */
    private record Away(Ferry ferry, Inflow inflow) {}

    private WebSocketTransport(EngineSession session, WebSocketFormat format) {
        this.session = session;
        this.format = format;
    }

    /** A transport that begins the session when its handshake is done. */
    static WebSocketTransport forNew(EngineSession session, WebSocketFormat format) {
        return new WebSocketTransport(session, format);
    }

    /** A transport that asks to take over the session when its handshake is done. */
    static WebSocketTransport forUpgrade(
            EngineSession session, EngineOptions options, WebSocketFormat format, HttpRequest request) {
        WebSocketTransport transport = new WebSocketTransport(session, format);
        transport.upgrade = new Upgrade(session, transport, request, options.upgradeTimeout());
        return transport;
    }

    /** Opens on a connection of another loop, from which everything comes that way. */
    void onOpen(WebSocketConnection opened, Inflow way) {
        Ferry ferry = Ferry.to(opened.eventLoop(), session);
        away = ferry == null ? null : new Away(ferry, way);
        onOpen(opened);
    }

    @Override
    public void onOpen(WebSocketConnection opened) {
        connection = opened;
        if (upgrade != null) {
            upgrade.start();
        } else if (!session.open(this)) {
            opened.close(CloseCode.TRY_AGAIN_LATER, "");
        }
    }

    @Override
    public void onText(WebSocketConnection from, String text) {
        if (upgrade != null) {
            upgrade.onText(text);
        } else if (!text.isEmpty() && text.charAt(0) == MESSAGE) {
            session.onText(text.substring(1));
        } else {
            decode(text);
        }
    }

    private void decode(String text) {
        try {
            session.onPacket(format.decode(text));
        } catch (EngineException mistake) {
            session.end(mistake.reason(), mistake.getMessage());
        }
    }

    @Override
    public void onBinary(WebSocketConnection from, ByteBuffer bytes) {
        if (upgrade != null) {
            upgrade.onBinary(bytes);
        } else {
            decode(bytes);
        }
    }

    private void decode(ByteBuffer bytes) {
        try {
            format.deliver(bytes, session);
        } catch (EngineException mistake) {
            session.end(mistake.reason(), mistake.getMessage());
        }
    }

    @Override
    public void onDrain(WebSocketConnection from) {
        if (upgrade == null) {
            session.onDrain();
            session.onBelowHighWaterMark();
        }
    }

    @Override
    public void onClose(WebSocketConnection from, int code, String reason) {
        DisconnectReason kind = reasonFor(code);
        String description = "WebSocket closed with " + code + (reason.isEmpty() ? "" : ": " + reason);
        if (upgrade != null) {
            upgrade.onClosed(kind == TRANSPORT_ERROR ? new EngineException(kind, description) : null);
        } else if (from.isCutForSlowReading()) {
            session.onOverflow(); // its limit is ours, and counts what a frame costs besides
        } else {
            session.end(kind, description);
        }
    }

    /** What the official server calls an error: the codes of a WebSocket that failed rather than ended. */
    private static DisconnectReason reasonFor(int code) {
        return switch (code) {
            case CloseCode.PROTOCOL_ERROR,
                    CloseCode.UNSUPPORTED_DATA,
                    CloseCode.INVALID_PAYLOAD,
                    CloseCode.POLICY_VIOLATION,
                    CloseCode.MESSAGE_TOO_BIG,
                    CloseCode.INTERNAL_ERROR -> TRANSPORT_ERROR;
            default -> TRANSPORT_CLOSE;
        };
    }

    @Override
    public void endProbe() {
        upgrade = null;
    }

    @Override
    public TransportType type() {
        return TransportType.WEBSOCKET;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        WebSocketConnection opened = connection;
        return opened == null ? null : opened.remoteAddress();
    }

    @Override
    public void send(EncodedPacket packet) {
        WebSocketConnection to = connection;
        PreparedMessage message = format.encode(packet);
        if (to == null) {
            return;
        }
        int bytes = message.frame().remaining();
        if (bufferedBytes() + bytes > session.maxBufferedBytes()) {
            session.onOverflow();
        } else if (away == null) {
            to.send(message, packet.compress());
        } else {
            away.ferry.send(bytes, () -> to.send(message, packet.compress()));
        }
    }

    @Override
    public void whenSent(CompletableFuture<Void> told) {
        WebSocketConnection to = connection;
        if (to == null) {
            EngineSession.failWrite(told);
        } else {
            Crossing.Passenger question = new FlushQuestion(to::flushed, session.eventLoop(), told);
            if (away == null) {
                question.arrive();
            } else {
                away.ferry.run(question);
            }
        }
    }

    @Override
    public boolean isWritable() {
        return connection != null && !isAboveHighWaterMark();
    }

    @Override
    public boolean isAboveHighWaterMark() {
        return connection != null && (!connection.isWritable() || (away != null && away.ferry.isFull()));
    }

    @Override
    public long bufferedBytes() {
        return connection == null ? 0 : connection.bufferedAmount() + (away == null ? 0 : away.ferry.bytes());
    }

    /** The connection itself lets what was sent leave before its close frame. */
    @Override
    public void close() {
        discard();
        session.onClosed();
    }

    @Override
    public void discard() {
        WebSocketConnection closed = connection;
        if (closed != null && away != null) {
            away.ferry.run(closed::close);
        } else if (closed != null) {
            closed.close();
        }
    }

    @Override
    public void cut() {
        if (connection != null) {
            connection.terminate();
        }
    }

    @Override
    public void pauseReading() {
        if (away != null) {
            away.inflow.pauseReading();
        } else if (connection != null) {
            connection.pauseReading();
        }
    }

    @Override
    public void resumeReading() {
        if (away != null) {
            away.inflow.resumeReading();
        } else if (connection != null) {
            connection.resumeReading();
        }
    }
}
