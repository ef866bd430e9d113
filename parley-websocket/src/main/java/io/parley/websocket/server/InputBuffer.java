package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a connection and was not taken yet. Holds no memory while that is nothing.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class InputBuffer {

    private @Nullable ByteBuf bytes; // null while nothing waits

    /**
     * Appends what arrived.
     *
     * @param more taken
     */
    void add(ByteBufAllocator allocator, ByteBuf more) {
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
    ByteBuf bytes() {
        return bytes == null ? Unpooled.EMPTY_BUFFER : bytes;
    }

    int size() {
        return bytes().readableBytes();
    }

    /** Gives the memory back when all was taken. */
    void trim() {
        if (size() == 0) {
            release();
        }
    }

    /** What waits, given; null when nothing does. */
    @Nullable
    ByteBuf take() {
        trim();
        ByteBuf taken = bytes;
        bytes = null;
        return taken;
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
