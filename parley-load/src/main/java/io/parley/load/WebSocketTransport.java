package io.parley.load;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A session's packets in the frames of a WebSocket: from the beginning, or from the moment on at which a probe of it has
 * succeeded.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class WebSocketTransport implements EngineTransport, WebSocketPipe.Owner {

    private static final byte[] PROBE = Frames.text("2probe");
    private static final String PROBED = "3probe";

    private final Owner owner;
    private final WebSocketPipe pipe;
    private @Nullable Runnable probed; // null unless the answer to a probe is to come

    private WebSocketTransport(Run run, Owner owner, String query, @Nullable Runnable probed) {
        this.owner = owner;
        this.probed = probed;
        pipe = new WebSocketPipe(run, this, run.target().engineTarget() + "&transport=websocket" + query);
    }

    /** For a session of its own. */
    static WebSocketTransport first(Run run, Owner owner) {
        return new WebSocketTransport(run, owner, "", null);
    }

    /** For a session that has another transport; {@code probed} is told that the server answers on this one. */
    static WebSocketTransport probing(Run run, Owner owner, String sid, Runnable probed) {
        return new WebSocketTransport(run, owner, "&sid=" + sid, probed);
    }

    @Override
    public void open() {
        pipe.open();
    }

    @Override
    public void onOpen() {
        if (probed != null) {
            pipe.send(PROBE);
            pipe.flush();
        }
    }

    @Override
    public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (probed == null) {
            owner.onPacket(text, in, index, length);
            return;
        }
        String answer = Shown.text(in, index, length);
        if (!answer.equals("'" + PROBED + "'")) {
            throw new LoadException("The server answered the probe with " + answer + " (expected: '" + PROBED + "')");
        }
        Runnable next = probed;
        probed = null;
        next.run();
    }

    @Override
    public void onBatchEnd() {
        owner.onBatchEnd();
    }

    @Override
    public void onFailure(LoadException failure) {
        owner.onFailure(failure);
    }

    @Override
    public void send(String packet) {
        pipe.send(Frames.text(packet));
        pipe.flush();
    }

    @Override
    public void append(Encoded messages, int number) {
        messages.append(number, pipe.out(messages.bytes()));
    }

    @Override
    public void flush() {
        pipe.flush();
    }

    @Override
    public void close() {
        pipe.close();
    }
}
