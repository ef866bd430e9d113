package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.Excerpt;
import java.nio.ByteBuffer;

/** The peer broke RFC 6455; its connection is to be failed with {@link #closeCode}. The reason may be sent to it. */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int closeCode;
    private final String reason;
    private final String excerpt;

    /**
     * A peer's mistake.
     *
     * @param closeCode one of {@link io.parley.websocket.CloseCode}
     * @param reason at most 123 bytes of UTF-8, so that it fits into a close frame
     */
    public FrameException(int closeCode, String reason) {
        this(closeCode, reason, "");
    }

    private FrameException(int closeCode, String reason, String excerpt) {
        super(reason, null, false, false); // where it was found out is of no interest, and bad peers may be many
        this.closeCode = closeCode;
        this.reason = reason;
        this.excerpt = excerpt;
    }

    /**
     * The same, with what was wrong.
     *
     * @param payload how it begins is shown
     */
    FrameException in(ByteBuffer payload) {
        return new FrameException(closeCode, reason, Excerpt.of(payload));
    }

    /**
     * The same, with what was wrong, if that is not known better.
     *
     * @param frame borrowed: how it begins at {@code start} is shown, as far as it has come
     */
    FrameException in(ByteBuf frame, int start) {
        return excerpt.isEmpty() ? in(frame.nioBuffer(start, frame.writerIndex() - start)) : this;
    }

    /** The code for the close frame. */
    public int closeCode() {
        return closeCode;
    }

    /** The reason for the close frame: also the message. */
    public String reason() {
        return reason;
    }

    /** The reason, and the first 64 bytes of what was wrong, escaped. Not for the peer. */
    public String description() {
        return excerpt.isEmpty() ? reason : reason + " in \"" + excerpt + '"';
    }
}
