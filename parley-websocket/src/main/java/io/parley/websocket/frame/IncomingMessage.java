package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;

/**
 * A message while its frames arrive.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
interface IncomingMessage {

    /**
     * A frame of it begins. To be refused, if it is too long, before a byte of it is taken.
     *
     * @throws FrameException with {@link io.parley.websocket.CloseCode#MESSAGE_TOO_BIG}
     */
    void beginFrame(long length, boolean last);

    /** A frame of it begins, of which it is not known how long it will be. */
    default void beginInflatedFrame() {}

    /**
     * Takes over the next bytes of the frame.
     *
     * @param in borrowed: {@code count} bytes are read
     * @param mask for the first of them, 0 for none
     * @return whether something was handed over
     */
    boolean append(ByteBuf in, int count, int mask, FrameListener listener);

    /**
     * Takes over the next bytes, which have been inflated.
     *
     * @param bytes borrowed
     * @return whether something was handed over
     * @throws FrameException with {@link io.parley.websocket.CloseCode#MESSAGE_TOO_BIG}
     */
    boolean append(byte[] bytes, int from, int count, FrameListener listener);

    /** Its last frame is complete. */
    void end(FrameListener listener);
}
