package io.parley.websocket.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a connection and was not taken yet. Holds no memory while that is nothing.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
public final class InputBuffer {

    private @Nullable ByteBuf bytes; // null while nothing waits

    /**
     * Appends what arrived.
     *
     * @param more taken
     */
    public void add(ByteBufAllocator allocator, ByteBuf more) {
        ByteBuf before = bytes;
        if (before == null) {
            bytes = more;
            return;
        }
        bytes = append(allocator, before, more);
    }

    private static ByteBuf append(ByteBufAllocator allocator, ByteBuf before, ByteBuf more) {
        ByteBuf target = before;
        if (before.writableBytes() < more.readableBytes()) {
            target = allocator.buffer(2 * (before.readableBytes() + more.readableBytes()));
            target.writeBytes(before);
            before.release();
        }
        target.writeBytes(more);
        more.release();
        return target;
    }

    /** What waits, borrowed: reading from it takes it. */
    public ByteBuf bytes() {
        return bytes == null ? Unpooled.EMPTY_BUFFER : bytes;
    }

    /** How many bytes wait. */
    public int size() {
        return bytes().readableBytes();
    }

    /** Gives the memory back when all was taken. */
    public void trim() {
        if (size() == 0) {
            release();
        }
    }

    /** What waits, given; null when nothing does. */
    @Nullable
    public ByteBuf take() {
        trim();
        ByteBuf taken = bytes;
        bytes = null;
        return taken;
    }

    /** Drops what waits. */
    public void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
