package io.parley.websocket.connection;

import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * The frame of a message that goes to many: a large one is put into direct memory once, and all connections send it from
 * there. A small one is cheaper to copy into a batch.
 */
final class SharedFrame {

    static final int MIN_BYTES = Outbox.MAX_BATCH_BYTES;

    private static final Function<PreparedMessage, ByteBuffer> DIRECT = SharedFrame::direct;

    private SharedFrame() {}

    /** The whole unmasked frame, read-only. */
    static ByteBuffer of(PreparedMessage message) {
        return message.length() < MIN_BYTES ? message.frame() : message.encodedBy(DIRECT);
    }

    private static ByteBuffer direct(PreparedMessage message) {
        ByteBuffer frame = message.frame();
        return ByteBuffer.allocateDirect(frame.remaining()).put(frame).flip();
    }
}
