package io.parley.websocket.frame;

/** The peer broke RFC 6455; its connection is to be failed with {@link #closeCode}. The message may be sent to it. */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int closeCode;

    /**
     * A peer's mistake.
     *
     * @param closeCode one of {@link io.parley.websocket.CloseCode}
     * @param message at most 123 bytes of UTF-8, so that it fits into a close frame
     */
    public FrameException(int closeCode, String message) {
        super(message, null, false, false); // where it was found out is of no interest, and bad peers may be many
        this.closeCode = closeCode;
    }

    /** The code for the close frame. */
    public int closeCode() {
        return closeCode;
    }
}
