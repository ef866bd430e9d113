package io.parley.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Has every connection of a loop read into the same buffer: what is read is done with before the next read. Only TLS keeps
 * what it cannot decrypt yet; the next read then has a buffer of its own.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class ReceiveBuffer implements RecvByteBufAllocator {

    private static final int BYTES = 256 * 1024;
    private static final int READS_IN_A_ROW = 4; // of one connection, before others get their turn

    private final ByteBuf shared = Unpooled.directBuffer(BYTES, BYTES);
    private final Handle handle = new Handle();

    @Override
    public RecvByteBufAllocator.ExtendedHandle newHandle() {
        return handle;
    }

    void release() {
        shared.release();
    }

    private final class Handle implements RecvByteBufAllocator.ExtendedHandle {

        private int reads;
        private int attempted;
        private int last;

        @Override
        public ByteBuf allocate(ByteBufAllocator buffers) {
            return shared.refCnt() == 1 ? shared.clear().retain() : buffers.directBuffer(BYTES, BYTES);
        }

        @Override
        public int guess() {
            return BYTES;
        }

        @Override
        public void reset(ChannelConfig config) {
            reads = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            reads += count;
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return last == attempted && reads < READS_IN_A_ROW;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return maybeMore.get() && continueReading();
        }

        @Override
        public void readComplete() {}
    }
}
