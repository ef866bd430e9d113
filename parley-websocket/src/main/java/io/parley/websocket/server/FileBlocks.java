package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.stream.ChunkedInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A file in blocks, as TLS wants it: what is to be encrypted has to come through our memory.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class FileBlocks implements ChunkedInput<ByteBuf> {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final DefaultFileRegion file; // ours
    private long sent;

    /** The blocks of {@code file}, which is taken. */
    FileBlocks(DefaultFileRegion file) {
        this.file = file;
    }

    /** Takes what a file gives into a buffer, until that is full. */
    private record Into(ByteBuf block) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) {
            int taken = Math.min(bytes.remaining(), block.maxWritableBytes());
            block.writeBytes(bytes.slice(bytes.position(), taken));
            bytes.position(bytes.position() + taken);
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        int size = (int) Math.min(BLOCK_BYTES, length() - sent);
        ByteBuf block = allocator.directBuffer(size, size);
        try {
            sent += file.transferTo(new Into(block), sent);
            return block.retain();
        } finally {
            block.release();
        }
    }

    @Override
    @Deprecated // by Netty: the other one is called
    public ByteBuf readChunk(ChannelHandlerContext ctx) {
        throw new UnsupportedOperationException("readChunk(" + ctx + ")");
    }

    @Override
    public boolean isEndOfInput() {
        return sent >= length();
    }

    @Override
    public long length() {
        return file.count();
    }

    @Override
    public long progress() {
        return sent;
    }

    @Override
    public void close() {
        file.release();
    }
}
