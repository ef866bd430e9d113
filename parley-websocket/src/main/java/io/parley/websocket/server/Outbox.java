package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.parley.websocket.frame.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: frames are joined into a batch, and the batch leaves when the loop is through with
 * what it has read. One entry into the kernel costs more than all the rest of a small frame, so joining is what makes
 * a busy server fast; and as nothing waits for a timer, an idle one answers at once.
 *
 * <p>It also counts: what was accepted and is not with the network yet, frame headers included.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop, but for {@link #bufferedAmount}, {@link #isWritable} and
 * {@link #announce}, which are safe for any thread.
 */
final class Outbox implements Runnable {

    /** The connection, as far as the outbox needs it. Called on the loop. */
    interface Owner {

        /** {@link #isWritable} is true again. */
        void onDrain();
    }

    static final int MAX_BATCH_BYTES = 32 * 1024;
    static final int MAX_HIGH_WATER_MARK = 1024 * 1024;

    private static final int FIRST_BATCH_BYTES = 512; // it grows: thousands of connections may have one at a time

    private static final AtomicLongFieldUpdater<Outbox> ANNOUNCED =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "announced");

    private final ChannelHandlerContext channel;
    private final NettyEventLoop loop;
    private final Owner owner;
    private final int highWaterMark;

    private @Nullable ByteBuf batch; // ours; non-null while frames wait for the end of the loop's batch
    private boolean flushAsked;

    private volatile long queued; // changed on the loop only: in the batch, or with Netty
    private volatile long announced; // on the way to the loop
    private volatile boolean saturated; // onDrain is owed

    Outbox(ChannelHandlerContext channel, NettyEventLoop loop, int maxBufferedBytes, Owner owner) {
        this.channel = channel;
        this.loop = loop;
        this.owner = owner;
        highWaterMark = Math.min(MAX_HIGH_WATER_MARK, Math.max(1, maxBufferedBytes / 2));
    }

    long bufferedAmount() {
        return queued + announced;
    }

    boolean isWritable() {
        return bufferedAmount() < highWaterMark;
    }

    /** Counts bytes that another thread sends, until the loop takes them over by {@link #arrived}. */
    void announce(int bytes) {
        ANNOUNCED.addAndGet(this, bytes);
        noteSaturation();
    }

    /** Takes announced bytes off the count: they are about to be added, or dropped. */
    void arrived(int bytes) {
        ANNOUNCED.addAndGet(this, -bytes);
    }

    void addText(ByteBuffer utf8) {
        FrameEncoder.writeTextHeader(roomFor(FrameEncoder.MAX_HEADER_BYTES + utf8.remaining()), utf8.remaining());
        count(FrameEncoder.headerLength(utf8.remaining()));
        add(utf8);
    }

    void addBinary(ByteBuffer bytes) {
        FrameEncoder.writeBinaryHeader(roomFor(FrameEncoder.MAX_HEADER_BYTES + bytes.remaining()), bytes.remaining());
        count(FrameEncoder.headerLength(bytes.remaining()));
        add(bytes);
    }

    /**
     * Adds bytes as they are.
     *
     * @param bytes copied; the position moves
     */
    void add(ByteBuffer bytes) {
        count(bytes.remaining());
        int end = bytes.limit();
        while (bytes.hasRemaining()) {
            ByteBuf room = roomFor(bytes.remaining());
            bytes.limit(bytes.position() + Math.min(bytes.remaining(), room.maxWritableBytes()));
            room.writeBytes(bytes);
            bytes.limit(end);
        }
        flushLater();
    }

    /** Sends what waits, now: {@code run} because the loop calls it at the end of its batch. */
    @Override
    public void run() {
        flushAsked = false;
        writeBatch();
        channel.flush();
    }

    /**
     * Sends what waits, now.
     *
     * @return done when everything has been handed to the network, or is lost
     */
    ChannelFuture flush() {
        ChannelFuture last = writeBatch();
        channel.flush();
        return last;
    }

    /** Drops what has not been written. To be called when the channel is gone. */
    void clear() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        queued = 0;
    }

    /** A batch with room for at least one byte, and for {@code bytes} unless that is more than fits into any. */
    private ByteBuf roomFor(int bytes) {
        if (batch != null && batch.maxWritableBytes() < Math.min(bytes, FrameEncoder.MAX_HEADER_BYTES)) {
            writeBatch();
        }
        if (batch == null) {
            int capacity = Math.min(MAX_BATCH_BYTES, Math.max(FIRST_BATCH_BYTES, bytes));
            batch = channel.alloc().directBuffer(capacity, MAX_BATCH_BYTES);
        }
        return batch;
    }

    private void flushLater() {
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    private ChannelFuture writeBatch() {
        ByteBuf full = batch;
        if (full == null) {
            return channel.newSucceededFuture();
        }
        batch = null;
        int bytes = full.readableBytes();
        return channel.write(full).addListener(done -> written(bytes));
    }

    private void count(int bytes) {
        queued += bytes;
        noteSaturation();
    }

    private void noteSaturation() {
        if (!isWritable()) {
            saturated = true;
        }
    }

    private void written(int bytes) {
        queued -= bytes;
        if (saturated && isWritable()) {
            saturated = false;
            owner.onDrain();
        }
    }
}
