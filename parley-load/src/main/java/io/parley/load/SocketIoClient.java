package io.parley.load;

import io.netty.buffer.ByteBuf;

/**
 * A client that speaks Socket.IO 5 over Engine.IO 4.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class SocketIoClient extends Client implements WebSocketPipe.Owner {

    private enum Phase {
        /** Engine.IO's OPEN is to come. */
        OPENING,
        /** Socket.IO's CONNECT is to come. */
        CONNECTING,
        /** Events go both ways. */
        CONNECTED
    }

    private static final byte[] PONG = Frames.text("3");

    private final WebSocketPipe pipe;
    private Phase phase = Phase.OPENING;

    SocketIoClient(Run run, int index, Opener opener) {
        super(run, index, opener);
        pipe = new WebSocketPipe(run, this, run.target().engineTarget() + "&transport=websocket");
    }

    @Override
    void open() {
        pipe.open();
    }

    @Override
    public void onOpen() {
        // The server speaks first.
    }

    @Override
    public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
        int type = text && length > 0 ? in.getByte(index) : text ? 0 : '4';
        switch (type) {
            case '4' -> onEngineMessage(text, in, index, length);
            case '2' -> {
                pipe.send(PONG);
                pipe.flush();
            }
            case '0' -> onOpenPacket(in, index, length);
            case '6' -> {}
            default -> throw unexpected(in, index, length, "Engine.IO's OPEN, PING, MESSAGE or NOOP");
        }
    }

    private void onOpenPacket(ByteBuf in, int index, int length) {
        if (phase != Phase.OPENING) {
            throw unexpected(in, index, length, "one OPEN packet");
        }
        phase = Phase.CONNECTING;
        pipe.send(Frames.text(run().connectPacket()));
        pipe.flush();
    }

    private void onEngineMessage(boolean text, ByteBuf in, int index, int length) {
        if (phase == Phase.CONNECTED && !(text && isControl(in, index, length))) {
            run().expected().onMessage(this, text, false, in, index, length);
        } else if (phase == Phase.CONNECTING && text && length > 1 && in.getByte(index + 1) == '0') {
            phase = Phase.CONNECTED;
            connected();
        } else if (text && length > 1 && in.getByte(index + 1) == '4') {
            throw new LoadException("CONNECT of namespace " + run().target().namespace() + " refused: "
                    + Shown.text(in, index + 2, length - 2) + " (expected: it is accepted)");
        } else {
            throw unexpected(in, index, length, phase == Phase.CONNECTED ? "events" : "Socket.IO's CONNECT");
        }
    }

    /** Whether it is CONNECT, DISCONNECT or CONNECT_ERROR, or nothing of Socket.IO. */
    private static boolean isControl(ByteBuf in, int index, int length) {
        int type = length > 1 ? in.getByte(index + 1) : 0;
        return type < '2' || type == '4' || type > '6';
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
        messages.append(number, pipe.out(messages.bytes()));
    }

    @Override
    void flush() {
        pipe.flush();
    }

    @Override
    void close() {
        pipe.close();
    }
}
