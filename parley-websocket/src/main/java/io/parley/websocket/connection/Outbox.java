package io.parley.websocket.connection;

import static io.parley.websocket.frame.FrameEncoder.MAX_HEADER_BYTES;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.parley.websocket.frame.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: frames are joined into a batch, and the batch leaves when the loop is through with
 * what it has read. Entering the kernel costs more than all the rest of a small frame, so joining makes a busy server
 * fast; and as nothing waits for a timer, an idle one answers at once.
 *
 * <p>It also counts what was accepted and is not with the network yet, frame headers included.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop, but for {@link #bufferedAmount}, {@link #isWritable} and
 * {@link #announce}, which are safe for any thread.
 */
final class Outbox implements Runnable {

    /** What is to be sent. */
    enum Kind {
        /** The payload of a text message. */
        TEXT,
        /** The payload of a binary message. */
        BINARY,
        /** Whole frames, or the answer to the handshake: bytes that go as they are. */
        WIRE
    }

    static final int MAX_BATCH_BYTES = 32 * 1024;
    static final int MAX_HIGH_WATER_MARK = 1024 * 1024;

    private static final int FIRST_BATCH_BYTES = 512; // it grows: thousands of connections may have one at a time

    private static final AtomicLongFieldUpdater<Outbox> QUEUED =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "queued");
    private static final AtomicLongFieldUpdater<Outbox> ANNOUNCED =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "announced");

    private final Channel channel;
    private final NettyEventLoop loop;
    private final int highWaterMark;
    private final Runnable onDrain;

    private @Nullable ByteBuf batch; // ours; non-null while frames wait for the end of the loop's batch
    private boolean flushAsked;

    private volatile long queued; // in the batch or with Netty; written on the loop only
    private volatile long announced; // on the way to the loop
    private volatile boolean saturated; // onDrain is owed

    /**
     * An outbox without anything in it.
     *
     * @param maxBufferedBytes what may wait; the high-water mark is half of it, at most {@link #MAX_HIGH_WATER_MARK}
     * @param onDrain run on the loop when {@link #isWritable} is true again
     */
    Outbox(Channel channel, NettyEventLoop loop, int maxBufferedBytes, Runnable onDrain) {
        this.channel = channel;
        this.loop = loop;
        this.onDrain = onDrain;
        highWaterMark = Math.min(MAX_HIGH_WATER_MARK, Math.max(1, maxBufferedBytes / 2));
    }

    long bufferedAmount() {
        return queued + announced;
    }

    boolean isWritable() {
        return bufferedAmount() < highWaterMark;
    }

    /** Counts bytes that another thread sends, until the loop has them. */
    void announce(int bytes) {
        ANNOUNCED.addAndGet(this, bytes);
        noteSaturation();
    }

    /** Takes announced bytes off the count: they are about to be added, or dropped. */
    void arrived(int bytes) {
        ANNOUNCED.addAndGet(this, -bytes);
    }

    /**
     * Adds something to the batch, to be sent when the loop is through with what it has read.
     *
     * @param bytes copied; the position moves
     */
    void add(Kind kind, ByteBuffer bytes) {
        switch (kind) {
            case TEXT -> addTextHeader(bytes.remaining());
            case BINARY -> addBinaryHeader(bytes.remaining());
            case WIRE -> {}
        }
        copy(bytes);
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    /** The end of the loop's batch. */
    @Override
    public void run() {
        flushAsked = false;
        flush();
    }

    /** Sends now what has been added. */
    void flush() {
        writeBatch();
        channel.flush();
    }

    /** Drops what is not with Netty: the connection is gone. */
    void clear() {
        if (batch != null) {
            count(-batch.readableBytes());
            batch.release();
            batch = null;
        }
    }

    private void addTextHeader(int length) {
        FrameEncoder.writeTextHeader(roomFor(MAX_HEADER_BYTES + length), length);
        count(FrameEncoder.headerLength(length));
    }

    private void addBinaryHeader(int length) {
        FrameEncoder.writeBinaryHeader(roomFor(MAX_HEADER_BYTES + length), length);
        count(FrameEncoder.headerLength(length));
    }

    private void copy(ByteBuffer bytes) {
        count(bytes.remaining());
        int end = bytes.limit();
        while (bytes.hasRemaining()) {
            ByteBuf room = roomFor(bytes.remaining());
            bytes.limit(bytes.position() + Math.min(bytes.remaining(), room.maxWritableBytes()));
            room.writeBytes(bytes);
            bytes.limit(end);
        }
    }

    /** The batch: with room for a header at least, and for all of {@code bytes} where a batch can be that large. */
    private ByteBuf roomFor(int bytes) {
        if (batch != null && batch.maxWritableBytes() < Math.min(bytes, MAX_HEADER_BYTES)) {
            writeBatch();
        }
        if (batch == null) {
            int capacity = Math.min(MAX_BATCH_BYTES, Math.max(FIRST_BATCH_BYTES, bytes));
            batch = channel.alloc().directBuffer(capacity, MAX_BATCH_BYTES);
        }
        return batch;
    }

    private void writeBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            int bytes = full.readableBytes();
            channel.write(full).addListener(done -> written(bytes));
        }
    }

    private void written(int bytes) {
        count(-bytes);
        if (saturated && isWritable()) {
            saturated = false;
            onDrain.run();
        }
    }

    private void count(int bytes) {
        QUEUED.lazySet(this, queued + bytes); // nobody else writes it, and a full barrier a frame is dear
        noteSaturation();
    }

    private void noteSaturation() {
        if (!isWritable()) {
            saturated = true;
        }
    }
}
