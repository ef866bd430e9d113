package io.parley.websocket.frame;

/** The peer broke RFC 6455; its connection is to be failed with {@link #closeCode}. The reason may be sent to it. */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int closeCode;
    private final String reason;

    /**
     * A peer's mistake.
     *
     * @param closeCode one of {@link io.parley.websocket.CloseCode}
     * @param reason at most 123 bytes of UTF-8, so that it fits into a close frame
     */
    public FrameException(int closeCode, String reason) {
        super(reason, null, false, false); // where it was found out is of no interest, and bad peers may be many
        this.closeCode = closeCode;
        this.reason = reason;
    }

    /** The code for the close frame. */
    public int closeCode() {
        return closeCode;
    }

    /** The reason for the close frame: also the message. */
    public String reason() {
        return reason;
    }
}
