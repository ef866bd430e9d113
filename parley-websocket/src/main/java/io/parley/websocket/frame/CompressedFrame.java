package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Makes of a message the one compressed frame that every connection with these parameters may send: it refers to nothing
 * before it. For {@link PreparedMessage#encodedBy}, which keeps it.
 *
 * <p>A connection with context takeover may send it too, if it calls {@link MessageDeflater#reset} afterwards.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param windowBits how far references may go back, 8 to 15
 * @param level how hard to try, 1 to 9
 */
public record CompressedFrame(int windowBits, int level) implements Function<PreparedMessage, ByteBuffer> {

    /**
     * The whole unmasked frame, with the bit that says it is compressed (RFC 7692 section 6), read-only.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    @Override
    public ByteBuffer apply(PreparedMessage message) {
        ByteBuffer payload = message.payload();
        ByteBuf out = Unpooled.buffer(FrameEncoder.MAX_HEADER_BYTES + payload.remaining() / 2);
        out.writeZero(FrameEncoder.MAX_HEADER_BYTES);
        try (MessageDeflater deflater = new MessageDeflater(windowBits, false, level)) {
            deflater.deflate(payload, true, out);
        }
        return withHeader(out, message.isText() ? Opcode.TEXT : Opcode.BINARY);
    }

    /** Puts the header right before the payload, now that its length is known. */
    private static ByteBuffer withHeader(ByteBuf out, Opcode opcode) {
        int end = out.writerIndex();
        int length = end - FrameEncoder.MAX_HEADER_BYTES;
        int start = FrameEncoder.MAX_HEADER_BYTES - FrameEncoder.headerLength(length);
        out.setIndex(start, start);
        FrameEncoder.writeHeader(out, FrameEncoder.FINAL | FrameEncoder.COMPRESSED | opcode.code(), length);
        byte[] frame = new byte[end - start];
        out.getBytes(start, frame).release();
        return ByteBuffer.wrap(frame).asReadOnlyBuffer();
    }
}
