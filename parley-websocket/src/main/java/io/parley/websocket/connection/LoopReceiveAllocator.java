package io.parley.websocket.connection;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Guesses how large the buffer for a read should be, for all connections of a loop together: a loop reads one at a time,
 * and ten thousand idle connections that each remember how much came last are some 150 bytes each.
 *
 * <p><b>Threading.</b> Safe for any thread; what it hands out belongs to the loop that asks.
 */
public final class LoopReceiveAllocator implements RecvByteBufAllocator {

    /** The one that every channel takes. */
    public static final LoopReceiveAllocator SHARED = new LoopReceiveAllocator();

    private static final int LEAST = 1024; // most requests are shorter; a guess made of frames would cut them in two
    private static final int FIRST = 2 * 1024;
    private static final int MOST = 64 * 1024;
    private static final int READS_IN_A_ROW = 16; // of one channel, before others get their turn; as Netty has it

    private static final FastThreadLocal<ExtendedHandle> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected ExtendedHandle initialValue() {
            return (ExtendedHandle) new AdaptiveRecvByteBufAllocator(LEAST, FIRST, MOST)
                    .maxMessagesPerRead(READS_IN_A_ROW)
                    .newHandle();
        }
    };

    private LoopReceiveAllocator() {}

    @Override
    public ExtendedHandle newHandle() {
        return OF_LOOP.get();
    }
}
