package io.parley.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** A frame that is encoded once for all that get it. */
final class SharedFrame {

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int MAX_HEADER_BYTES = 10;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    private SharedFrame() {}

    /**
     * Writes it to all at the head of their pipelines, where no encoder is in the way; flushes nothing.
     *
     * @param frame taken
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what fails shows by the connection's end
    static void write(WebSocketFrame frame, Iterable<Channel> everybody, ByteBufAllocator allocator) {
        ByteBuf encoded = encode(frame, allocator);
        frame.release();
        for (Channel channel : everybody) {
            ChannelHandlerContext first = channel.pipeline().firstContext();
            first.write(encoded.retainedDuplicate(), first.voidPromise());
        }
        encoded.release();
    }

    /** The frame as it is on the wire, in direct memory. */
    static ByteBuf encode(WebSocketFrame frame, ByteBufAllocator allocator) {
        ByteBuf payload = frame.content();
        int length = payload.readableBytes();
        ByteBuf encoded = allocator.ioBuffer(MAX_HEADER_BYTES + length);
        encoded.writeByte(frame instanceof BinaryWebSocketFrame ? BINARY : TEXT);
        if (length < TWO_BYTES_FOLLOW) {
            encoded.writeByte(length);
        } else if (length <= 0xFFFF) {
            encoded.writeByte(TWO_BYTES_FOLLOW).writeShort(length);
        } else {
            encoded.writeByte(EIGHT_BYTES_FOLLOW).writeLong(length);
        }
        return encoded.writeBytes(payload, payload.readerIndex(), length);
    }
}
