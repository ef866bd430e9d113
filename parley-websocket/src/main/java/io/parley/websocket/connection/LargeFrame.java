package io.parley.websocket.connection;

import static io.parley.websocket.frame.FrameEncoder.FINAL;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unmasked frame of a large binary message, made in {@link Blocks} by the thread that sends it: the loop has only to
 * write it.
 *
 * @param blocks to be taken once, or released; not empty
 * @param length of the message
 */
record LargeFrame(List<ByteBuf> blocks, int length) {

    static final int MIN_BYTES = Blocks.BLOCK_BYTES;

    /**
     * A frame with a copy of that message.
     *
     * @param bytes borrowed: its position stays
     * @return null when there are not blocks enough
     */
    static @Nullable LargeFrame of(ByteBuffer bytes) {
        int length = bytes.remaining();
        List<ByteBuf> blocks = Blocks.shared().takeFor((long) FrameEncoder.headerLength(length) + length);
        if (blocks.isEmpty()) {
            return null;
        }
        FrameEncoder.writeHeader(blocks.get(0), FINAL | Opcode.BINARY.code(), length);
        ByteBuffer rest = bytes.duplicate();
        for (ByteBuf block : blocks) {
            int count = Math.min(block.writableBytes(), bytes.limit() - rest.position());
            block.writeBytes(rest.limit(rest.position() + count));
        }
        return new LargeFrame(blocks, length);
    }

    /** Gives the blocks back: it is not sent. */
    void release() {
        blocks.forEach(ByteBuf::release);
    }
}
