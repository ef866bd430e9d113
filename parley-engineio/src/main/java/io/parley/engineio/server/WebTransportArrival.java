package io.parley.engineio.server;

import io.parley.engineio.EngineException;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketStreamDecoder;
import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebTransport session from its acceptance to its end. Its first packet says what it is for: to begin an Engine.IO
 * session, or to take over one from polling. Then packets go to the {@link StreamTransport}, on the home of that
 * session.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class WebTransportArrival implements WebTransportListener {

    /** Goes forward only. */
    private enum State {
        /** The first packet has not come. */
        WAITING,
        /** It has come; the application is asked. */
        DECIDING,
        /** Packets have a place to go. */
        ARRIVED,
        /** Nothing more is taken from the client. */
        OVER
    }

    private final WebTransportHandshakes handshakes;
    private final HttpRequest request;
    private final PacketStreamDecoder decoder;
    private State state = State.WAITING;
    private EventLoop.@Nullable Timeout timeout; // non-null from the acceptance on
    private @Nullable Destination destination; // non-null once ARRIVED
    private List<EnginePacket> early = List.of(); // what has come while DECIDING: of what was read by then, no more

    /** Where packets go. */
    private record Destination(
            StreamTransport transport,
            EventLoop home,
            @Nullable Inflow inflow) {

        void run(Consumer<StreamTransport> action) {
            home.run(() -> action.accept(transport));
        }

        void run(EnginePacket packet) {
            if (inflow == null) {
                transport.onPacket(packet);
            } else {
                inflow.carry(Packets.sizeOf(packet), () -> transport.onPacket(packet));
            }
        }
    }

    WebTransportArrival(WebTransportHandshakes handshakes, HttpRequest request, EngineOptions options) {
        this.handshakes = handshakes;
        this.request = request;
        decoder = new PacketStreamDecoder(options.maxHttpBufferSize());
    }

    @Override
    public void onOpen(WebTransportConnection connection) {
        timeout = connection.eventLoop().schedule(() -> reject(connection), handshakes.timeout());
    }

    @Override
    public void onBytes(WebTransportConnection connection, ByteBuffer bytes) {
        if (state == State.OVER) {
            return;
        }
        try {
            decoder.decode(bytes, packet -> onPacket(connection, packet));
        } catch (EngineException mistake) {
            onMistake(connection, mistake);
        }
    }

    private void onPacket(WebTransportConnection connection, EnginePacket packet) {
        switch (state) {
            case WAITING -> {
                stopWaiting();
                state = State.DECIDING;
                handshakes.begin(this, request, connection, packet);
            }
            case DECIDING -> {
                if (early.isEmpty()) {
                    early = new ArrayList<>(2);
                }
                early.add(packet);
            }
            case ARRIVED -> forward(packet);
            case OVER -> {} // of what was read before
        }
    }

    private void onMistake(WebTransportConnection connection, EngineException mistake) {
        if (state == State.ARRIVED) {
            forward(transport -> transport.onMistake(mistake));
        } else {
            reject(connection);
            handshakes.onMistake(request, mistake);
        }
    }

    /** Whether the client is still there to be let in. */
    boolean isAwaited() {
        return state == State.DECIDING;
    }

    /** Says where packets go, those that have come meanwhile included. */
    void arrive(StreamTransport transport, EventLoop home, @Nullable Inflow inflow) {
        state = State.ARRIVED;
        destination = new Destination(transport, home, inflow);
        early.forEach(this::forward);
        early = List.of();
    }

    /** Closes the WebTransport session: it is none of an engine's. */
    void reject(WebTransportConnection connection) {
        end();
        connection.close();
    }

    @Override
    public void onDrain(WebTransportConnection connection) {
        forward(StreamTransport::onDrain);
    }

    @Override
    public void onClose(WebTransportConnection connection, String description) {
        forward(transport -> transport.onClose(description));
        end();
    }

    private void forward(EnginePacket packet) {
        if (destination != null) {
            destination.run(packet);
        }
    }

    private void forward(Consumer<StreamTransport> action) {
        if (destination != null) {
            destination.run(action);
        }
    }

    private void end() {
        stopWaiting();
        state = State.OVER;
        early = List.of();
    }

    private void stopWaiting() {
        if (timeout != null) {
            timeout.cancel();
        }
    }
}
