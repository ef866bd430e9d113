package io.parley.load;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: its handshake, and then messages both ways. What is to be sent is collected until it is flushed.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class WebSocketPipe extends Pipe implements FrameReader.Listener {

    /** Whose WebSocket it is. */
    interface Owner {

        /** The handshake is done. */
        void onOpen();

        /** A message; the buffer is borrowed. */
        void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length);

        /** All that was read has been told. */
        void onBatchEnd();

        /** It is over, and nothing more is told. */
        void onFailure(LoadException failure);
    }

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_JOINED_BYTES = 1024 * 1024;

    private final Owner owner;
    private final String path;
    private @Nullable Handshake handshake; // null when it is done
    private @Nullable StringBuilder head = new StringBuilder(); // null when the handshake is done
    private @Nullable FrameReader reader; // null until the handshake is done
    private @Nullable ByteBuf unsent; // null if there is nothing to flush

    /** A WebSocket at that path, with its query. */
    WebSocketPipe(Run run, Owner owner, String path) {
        super(run);
        this.owner = owner;
        this.path = path;
        handshake = new Handshake(run.target().deflate());
    }

    @Override
    void onReady() {
        if (handshake != null) {
            write(handshake.request(run().target(), path));
            flushNetwork();
        }
    }

    @Override
    void onRead(ByteBuf in) {
        if (head != null && !readHead(head, in)) {
            return;
        }
        if (reader == null) {
            if (handshake != null) {
                handshake.check(String.valueOf(head));
            }
            handshake = null;
            head = null;
            reader = new FrameReader(context().alloc(), this);
            owner.onOpen();
        }
        reader.read(in);
        if (!isOver()) {
            owner.onBatchEnd();
        }
    }

    /** Reads no further than the empty line: what follows it is frames. */
    private static boolean readHead(StringBuilder into, ByteBuf in) {
        while (in.isReadable()) {
            into.append((char) in.readUnsignedByte());
            int length = into.length();
            if (length > 3 && into.charAt(length - 1) == '\n' && into.indexOf("\r\n\r\n", length - 4) >= 0) {
                return true;
            }
            if (length > MAX_HEAD_BYTES) {
                throw new LoadException("WebSocket handshake answered with " + Shown.text(into.toString())
                        + " (expected: a head of at most " + MAX_HEAD_BYTES + " bytes)");
            }
        }
        return false;
    }

    @Override
    public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (!isOver()) {
            owner.onMessage(text, compressed, in, index, length);
        }
    }

    @Override
    public void onPing(ByteBuf in, int index, int length) {
        if (!isOver()) {
            send(Frames.pong(in, index, length));
            flush();
        }
    }

    @Override
    public void onClose(ByteBuf in, int index, int length) {
        if (!isOver()) {
            String code = length < 2 ? "no code" : "code " + in.getUnsignedShort(index);
            String reason = length <= 2 ? "" : " and reason " + Shown.text(in, index + 2, length - 2);
            throw new LoadException(
                    "The server closed the WebSocket with " + code + reason + " (expected: it stays open)");
        }
    }

    /** Where to append frames, to be flushed later. */
    ByteBuf out(int bytes) {
        if (unsent != null && unsent.readableBytes() > MAX_JOINED_BYTES) {
            write(unsent);
            unsent = null;
        }
        if (unsent == null) {
            unsent = context().alloc().directBuffer(bytes);
        }
        return unsent;
    }

    /** Appends a frame. */
    void send(byte[] frame) {
        out(frame.length).writeBytes(frame);
    }

    void flush() {
        if (unsent != null) {
            ByteBuf all = unsent;
            unsent = null;
            write(all);
            flushNetwork();
        }
    }

    @Override
    void onEnd() {
        fail(new LoadException("The server ended the connection" + (reader == null ? " in the WebSocket handshake" : "")
                + " (expected: it stays open)"));
    }

    @Override
    void onFailure(LoadException failure) {
        owner.onFailure(failure);
    }

    @Override
    void release() {
        if (reader != null) {
            reader.close();
        }
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
    }
}
