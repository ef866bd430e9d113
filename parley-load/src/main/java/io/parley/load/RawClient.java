package io.parley.load;

import io.netty.buffer.ByteBuf;

/**
 * A client that speaks raw WebSocket.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class RawClient extends Client implements WebSocketPipe.Owner {

    private final WebSocketPipe pipe;

    RawClient(Run run, int index, Opener opener) {
        super(run, index, opener);
        pipe = new WebSocketPipe(run, this, run.target().webSocketTarget());
    }

    @Override
    void open() {
        pipe.open();
    }

    @Override
    public void onOpen() {
        connected();
    }

    @Override
    public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
        run().expected().onMessage(this, text, compressed, in, index, length);
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
