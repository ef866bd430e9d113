package io.parley.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks Socket.IO 5 over Engine.IO 4.
 *
 * <p>With an upgrade it does what the official client does: it sends CONNECT and waits for packets by polling, probes a
 * WebSocket meanwhile, and when the probe is answered stops polling and says on the WebSocket that it goes on there.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class SocketIoClient extends Client implements EngineTransport.Owner {

    private enum Phase {
        /** Engine.IO's OPEN is to come. */
        OPENING,
        /** Socket.IO's CONNECT is to come. */
        CONNECTING,
        /** Events go both ways. */
        CONNECTED
    }

    private static final Pattern SID = Pattern.compile("\"sid\":\"([!-~&&[^\"&#]]{1,200})\"");
    private static final Pattern MAX_PAYLOAD = Pattern.compile("\"maxPayload\":([0-9]{1,9})");
    private static final Pattern WEBSOCKET = Pattern.compile("\"upgrades\":\\[[^\\]]*\"websocket\"");

    private EngineTransport transport;
    private Phase phase = Phase.OPENING;
    private @Nullable EngineTransport probing; // null unless an upgrade is under way
    private List<String> heldBack = List.of(); // packets that wait for the end of an upgrade

    SocketIoClient(Run run, int index, Opener opener) {
        super(run, index, opener);
        transport = run.target().wire().polls() ? new PollingTransport(run, this) : WebSocketTransport.first(run, this);
    }

    @Override
    void open() {
        transport.open();
    }

    @Override
    public void onPacket(boolean text, ByteBuf in, int index, int length) {
        int type = !text ? '4' : length > 0 ? in.getByte(index) : 0;
        switch (type) {
            case '4' -> onMessage(text, in, index, length);
            case '2' -> send("3");
            case '0' -> onOpenPacket(in, index, length);
            case '6' -> {}
            default -> throw unexpected(in, index, length, "Engine.IO's OPEN, PING, MESSAGE or NOOP");
        }
    }

    private void send(String packet) {
        if (heldBack.isEmpty()) {
            transport.send(packet);
        } else {
            heldBack.add(packet);
        }
    }

    private void onOpenPacket(ByteBuf in, int index, int length) {
        String packet = in.toString(index, length, UTF_8);
        Matcher sid = SID.matcher(packet);
        if (phase != Phase.OPENING || !sid.find()) {
            throw unexpected(in, index, length, "one OPEN packet with a sid");
        }
        phase = Phase.CONNECTING;
        if (transport instanceof PollingTransport polling) {
            Matcher maxPayload = MAX_PAYLOAD.matcher(packet);
            polling.opened(sid.group(1), maxPayload.find() ? Integer.parseInt(maxPayload.group(1)) : Integer.MAX_VALUE);
            if (run().target().wire() == Wire.SOCKETIO_UPGRADE) {
                if (!WEBSOCKET.matcher(packet).find()) {
                    throw unexpected(in, index, length, "an upgrade to websocket");
                }
                upgrade(polling, sid.group(1));
            }
        }
        transport.send(run().connectPacket());
    }

    private void upgrade(PollingTransport polling, String sid) {
        WebSocketTransport next = WebSocketTransport.probing(run(), this, sid, () -> {
            heldBack = new ArrayList<>(List.of("5"));
            polling.pause(this::onUpgraded);
        });
        probing = next;
        next.open();
    }

    private void onUpgraded() {
        transport = requireNonNull(probing);
        probing = null;
        heldBack.forEach(transport::send);
        heldBack = List.of();
        checkConnected();
    }

    private void onMessage(boolean text, ByteBuf in, int index, int length) {
        int type = text && length > 1 ? in.getByte(index + 1) : 0;
        if (phase == Phase.CONNECTED && (!text || isEvent(type))) {
            run().expected().onMessage(this, text, false, in, index, length);
        } else if (phase == Phase.CONNECTING && type == '0') {
            phase = Phase.CONNECTED;
            checkConnected();
        } else if (type == '4') {
            throw new LoadException("CONNECT of namespace " + run().target().namespace() + " refused: "
                    + Shown.text(in, index + 2, length - 2) + " (expected: it is accepted)");
        } else {
            throw unexpected(in, index, length, phase == Phase.CONNECTED ? "events" : "Socket.IO's CONNECT");
        }
    }

    /** Whether it is an event or an acknowledgement. */
    private static boolean isEvent(int type) {
        return type == '2' || type == '3' || type == '5' || type == '6';
    }

    private void checkConnected() {
        if (phase == Phase.CONNECTED && probing == null) {
            connected();
        }
    }

    private static LoadException unexpected(ByteBuf in, int index, int length, String expected) {
        return new LoadException(
                "The server sent the packet " + Shown.text(in, index, length) + " (expected: " + expected + ")");
    }

    @Override
    public void onBatchEnd() {
        run().onBatchEnd(this);
    }

    @Override
    public void onFailure(LoadException failure) {
        failed(failure);
    }

    @Override
    void append(Encoded messages, int number) {
        transport.append(messages, number);
    }

    @Override
    void flush() {
        transport.flush();
    }

    @Override
    void close() {
        transport.close();
        if (probing != null) {
            probing.close();
        }
    }
}
