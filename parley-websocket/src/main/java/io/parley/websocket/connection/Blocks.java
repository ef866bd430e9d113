package io.parley.websocket.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Direct memory for large messages, in blocks as long as a batch that are used again and again. For a megabyte, Netty's
 * allocator takes memory from the system as often as not, which fills it with zeros first; and it is not made for virtual
 * threads, which copy a message here once instead of to the heap, from where the loop would have to copy it again.
 *
 * <p>There are few: whoever finds none does without. A block is free again when the buffer with it is released.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Blocks {

    static final int BLOCK_BYTES = Outbox.MAX_BATCH_BYTES;
    static final int MAX_BLOCKS = 256; // 8 MiB, which stay

    private static final Blocks SHARED = new Blocks(MAX_BLOCKS);

    private final int max;

    // Guarded by this.
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    /** So many blocks, each made when it is first needed. */
    Blocks(int max) {
        this.max = max;
    }

    /** Those of this process. */
    static Blocks shared() {
        return SHARED;
    }

    /** An empty block, given: the caller releases it; null when there is none. */
    synchronized @Nullable ByteBuf take() {
        ByteBuffer memory = free.pollLast(); // the last one used may be in a cache
        if (memory == null) {
            if (made == max) {
                return null;
            }
            memory = ByteBuffer.allocateDirect(BLOCK_BYTES);
            made++;
        }
        return new Block(memory);
    }

    /** Empty blocks for so many bytes, given; none at all when there are not enough. */
    synchronized List<ByteBuf> takeFor(long bytes) {
        long count = (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        if (count > free.size() + max - made) {
            return List.of();
        }
        for (; free.size() < count; made++) { // all of them before the first is taken: there may not be the memory
            free.addLast(ByteBuffer.allocateDirect(BLOCK_BYTES));
        }
        List<ByteBuf> taken = new ArrayList<>((int) count);
        while (taken.size() < count) {
            taken.add(new Block(free.removeLast()));
        }
        return taken;
    }

    /** How many are not free. */
    synchronized int inUse() {
        return made - free.size();
    }

    private synchronized void give(ByteBuffer memory) {
        free.addLast(memory);
    }

    /** One block in use. */
    private final class Block extends UnpooledDirectByteBuf {

        private final ByteBuffer memory;

        Block(ByteBuffer memory) {
            super(UnpooledByteBufAllocator.DEFAULT, memory, BLOCK_BYTES);
            this.memory = memory;
            clear();
        }

        @Override
        protected void deallocate() {
            super.deallocate(); // which does not free what was given to it
            give(memory);
        }
    }
}
