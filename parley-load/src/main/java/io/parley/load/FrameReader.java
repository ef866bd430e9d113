package io.parley.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in what a server sends, where they are: nothing is made for a frame that is whole in what was read.
 * What ends in the middle of a frame is kept until the rest has come.
 *
 * <p><b>Threading.</b> Confined to the loop of its connection.
 */
final class FrameReader {

    /** Takes what was found. Buffers are borrowed: no index moves, nothing is kept. */
    interface Listener {

        /** A message. */
        void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length);

        /** A ping, which is to be answered. */
        void onPing(ByteBuf in, int index, int length);

        /** The server closes: its code and reason. */
        void onClose(ByteBuf in, int index, int length);
    }

    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int RESERVED = 0x30;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MAX_HEADER_BYTES = 10;
    private static final int MAX_MESSAGE_BYTES = Limits.MAX_PAYLOAD_BYTES + 64 * 1024; // and what is around a payload
    private static final int FIRST_BYTES = 256; // kept of a frame, before it turns out to be longer

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final ByteBufAllocator buffers;
    private final Listener listener;
    private @Nullable ByteBuf begun; // the first part of a frame, null at the end of one
    private @Nullable ByteBuf fragments; // payloads of a message under way, null unless its last frame is missing
    private int first; // byte of the first frame of that message

    FrameReader(ByteBufAllocator buffers, Listener listener) {
        this.buffers = buffers;
        this.listener = listener;
    }

    /**
     * Reads all of {@code in}.
     *
     * @param in borrowed: the reader index moves
     * @throws LoadException if it is nothing that a server sends
     */
    void read(ByteBuf in) {
        if (begun != null && !goOn(begun, in)) {
            return;
        }
        int index = in.readerIndex();
        int end = in.writerIndex();
        while (index < end) {
            int size = frameBytes(in, index, end - index);
            if (size < 0 || size > end - index) {
                ByteBuf part = buffers.buffer(Math.min(FIRST_BYTES, Math.max(size, MAX_HEADER_BYTES)));
                part.writeBytes(in, index, end - index);
                begun = part;
                break;
            }
            frame(in, index, size);
            index += size;
        }
        in.readerIndex(end);
    }

    /** Completes the frame that has begun; whether it is complete. */
    private boolean goOn(ByteBuf part, ByteBuf in) {
        int size = frameBytes(part, 0, part.readableBytes());
        while (size < 0 && in.isReadable()) {
            part.writeByte(in.readByte());
            size = frameBytes(part, 0, part.readableBytes());
        }
        if (size < 0) {
            return false;
        }
        part.writeBytes(in, Math.min(size - part.readableBytes(), in.readableBytes()));
        if (part.readableBytes() < size) {
            return false;
        }
        begun = null;
        try {
            frame(part, 0, size);
        } finally {
            part.release();
        }
        return true;
    }

    /** The bytes of the frame at {@code index}; -1 if its length has not come yet. */
    private static int frameBytes(ByteBuf in, int index, int readable) {
        if (readable < 2) {
            return -1;
        }
        int second = in.getByte(index + 1) & 0xFF;
        if (second < SHORT_LENGTH) {
            return 2 + second;
        }
        if ((second & MASKED) != 0) {
            throw new LoadException("The server sent a masked frame (expected: an unmasked one)");
        }
        if (second == SHORT_LENGTH) {
            return readable < 4 ? -1 : 4 + in.getUnsignedShort(index + 2);
        }
        return readable < MAX_HEADER_BYTES ? -1 : MAX_HEADER_BYTES + checked(in.getLong(index + 2));
    }

    private static int checked(long length) {
        if (length < 0 || length > MAX_MESSAGE_BYTES) {
            throw new LoadException("The server sent a frame of " + Long.toUnsignedString(length)
                    + " bytes (expected: at most " + MAX_MESSAGE_BYTES + ")");
        }
        return (int) length;
    }

    private void frame(ByteBuf in, int index, int size) {
        int head = in.getByte(index) & 0xFF;
        int second = in.getByte(index + 1);
        int header = second < SHORT_LENGTH ? 2 : second == LONG_LENGTH ? MAX_HEADER_BYTES : 4;
        int opcode = head & OPCODE;
        if (opcode <= BINARY && (head & FINAL) != 0 && opcode != CONTINUATION && fragments == null) {
            message(head, in, index + header, size - header);
            return;
        }
        switch (opcode) {
            case CONTINUATION, TEXT, BINARY -> fragment(head, in, index + header, size - header);
            case CLOSE -> listener.onClose(in, index + header, size - header);
            case PING -> listener.onPing(in, index + header, size - header);
            case PONG -> {}
            default ->
                throw new LoadException(
                        "The server sent a frame with opcode " + opcode + " (expected: 0 to 2, 8 to 10)");
        }
    }

    private void message(int head, ByteBuf in, int index, int length) {
        if ((head & RESERVED) != 0) {
            throw new LoadException("The server sent a frame with reserved bits (expected: none)");
        }
        listener.onMessage((head & OPCODE) == TEXT, (head & COMPRESSED) != 0, in, index, length);
    }

    private void fragment(int head, ByteBuf in, int index, int length) {
        if ((fragments == null) == ((head & OPCODE) == CONTINUATION)) {
            throw new LoadException("The server sent a frame with opcode " + (head & OPCODE) + " (expected: "
                    + (fragments == null ? "the first frame of a message" : "a continuation") + ")");
        }
        if (fragments == null) {
            first = head;
            fragments = buffers.buffer(length);
        }
        checked((long) fragments.readableBytes() + length);
        fragments.writeBytes(in, index, length);
        if ((head & FINAL) != 0) {
            ByteBuf whole = fragments;
            fragments = null;
            try {
                message(first, whole, whole.readerIndex(), whole.readableBytes());
            } finally {
                whole.release();
            }
        }
    }

    /** Forgets what has begun. */
    void close() {
        if (begun != null) {
            begun.release();
            begun = null;
        }
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
