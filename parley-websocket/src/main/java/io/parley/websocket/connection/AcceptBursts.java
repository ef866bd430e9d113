package io.parley.websocket.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a listener accepts in one round of its loop. Netty accepts one: to ask for another that is not there
 * costs the kernel nearly as much as one that is. But while they come in crowds, a round for each costs more. So it goes
 * by how many there were of late, and asks in vain in one of nine rounds at most.
 *
 * <p><b>Threading.</b> What it hands out belongs to the loop of one listener.
 */
final class AcceptBursts implements RecvByteBufAllocator {

    static final int MOST = 16; // before others get their turn
    static final int ROUNDS_BEFORE_MORE = 8;

    @Override
    public ExtendedHandle newHandle() {
        return new Burst();
    }

    /** Netty counts what it reads: a message is a connection here, and its descriptor the number of bytes. */
    private static final class Burst implements ExtendedHandle {

        private static final int NONE_LEFT = -1;

        private int wanted = 1; // in one round
        private int full; // rounds in a row in which there were as many
        private int accepted; // in this round
        private int last;
        private int attempted;
        private @Nullable ChannelConfig config; // null before the first round

        @Override
        public void reset(ChannelConfig newConfig) {
            config = newConfig;
            accepted = 0;
        }

        @Override
        public void incMessagesRead(int more) {
            accepted += more;
        }

        @Override
        public boolean continueReading() {
            return accepted < wanted && config != null && config.isAutoRead();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return continueReading();
        }

        @Override
        public void readComplete() {
            if (last == NONE_LEFT) {
                wanted = Math.max(1, accepted);
                full = 0;
            } else if (accepted == wanted && ++full == ROUNDS_BEFORE_MORE) {
                wanted = Math.min(MOST, 2 * wanted);
                full = 0;
            }
        }

        @Override
        public void lastBytesRead(int descriptor) {
            last = descriptor;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int any) {
            attempted = any;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.buffer(guess());
        }

        @Override
        public int guess() {
            return 1; // a listener reads no bytes
        }
    }
}
