package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A message that is inflated while it arrives. Of what is compressed nothing is kept, and what is too much is found out
 * before it is made.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
final class InflatedMessage implements IncomingMessage {

    private static final byte[] NOTHING = {};
    private static final int SCRATCH_BYTES = 16 * 1024;

    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SCRATCH_BYTES];
        }
    };

    private final MessageInflater inflater;
    private final IncomingMessage message;

    /** A message that {@code inflater} inflates into another. */
    InflatedMessage(MessageInflater inflater, IncomingMessage message) {
        this.inflater = inflater;
        this.message = message;
    }

    @Override
    public void beginFrame(long length, boolean last) {
        message.beginInflatedFrame();
    }

    @Override
    public boolean append(ByteBuf in, int count, int mask, FrameListener listener) {
        byte[] scratch = SCRATCH.get();
        boolean handedOver = false;
        int key = mask;
        for (int left = count; left > 0; ) {
            int piece = Math.min(left, scratch.length);
            in.readBytes(scratch, 0, piece);
            Masking.apply(scratch, 0, piece, key);
            key = Masking.turn(key, piece);
            left -= piece;
            handedOver |= inflate(scratch, piece, false, listener);
        }
        return handedOver;
    }

    @Override
    public boolean append(byte[] bytes, int from, int count, FrameListener listener) {
        return message.append(bytes, from, count, listener);
    }

    @Override
    public void end(FrameListener listener) {
        inflate(NOTHING, 0, true, listener);
        message.end(listener);
    }

    private boolean inflate(byte[] bytes, int count, boolean endOfMessage, FrameListener listener) {
        Output output = new Output(listener);
        inflater.inflate(bytes, 0, count, endOfMessage, output);
        return output.handedOver;
    }

    /** Passes on what was inflated. */
    private final class Output implements MessageInflater.Sink {

        private final FrameListener listener;
        private boolean handedOver;

        Output(FrameListener listener) {
            this.listener = listener;
        }

        @Override
        public void accept(byte[] bytes, int from, int count) {
            handedOver |= message.append(bytes, from, count, listener);
        }
    }
}
