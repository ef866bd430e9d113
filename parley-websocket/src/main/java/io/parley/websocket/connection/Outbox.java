package io.parley.websocket.connection;

import static io.parley.websocket.frame.FrameEncoder.MAX_HEADER_BYTES;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.Masking;
import io.parley.websocket.frame.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: frames are joined into a batch, and the batch leaves when the loop is through with
 * what it has read. Entering the kernel costs more than all the rest of a small frame, so joining makes a busy server
 * fast; and as nothing waits for a timer, an idle one answers at once. While the network is behind, frames go on being
 * joined until it has taken what it was given: what a slow peer does not read waits in few large pieces.
 *
 * <p>It also counts what was accepted and is not with the network yet, twice: the bytes of messages, for the
 * application, and the {@linkplain #cost cost} in memory, for the limit.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop, but for {@link #accept}, {@link #bufferedAmount},
 * {@link #queuedBytes} and {@link #isWritable}, which are safe for any thread.
 */
final class Outbox implements Runnable {

    static final int MAX_BATCH_BYTES = 32 * 1024;

    private static final int FRAME_COST = 16; // a header, or what it takes to wait: many empty messages count too
    private static final int FIRST_BATCH_BYTES = 512; // it grows: thousands of connections may have one at a time

    /** The connection. */
    @FunctionalInterface
    interface Host {

        /** Little enough waits again; called on the loop. */
        void onDrained();
    }

    private final Channel channel;
    private final NettyEventLoop loop;
    private final boolean masking;
    private final ConnectionOptions options;
    private final Traffic traffic;
    private final Host host;
    private final Backlog backlog = new Backlog();

    private @Nullable ByteBuf batch; // ours; non-null while frames wait for the end of the loop's batch
    private long batchMessageBytes; // what leaves the backlogs when the batch is written
    private long batchCost;
    private int unwritten; // writes that the network has not taken
    private boolean behind; // the last flush left some of them
    private boolean flushAsked;

    private volatile boolean saturated; // onDrained is owed

    /**
     * An outbox without anything in it.
     *
     * @param role which end of the connection this is: a client masks
     * @param options what may wait, and how much of it is little
     * @param host hears when {@link #isWritable} is true again
     */
    Outbox(Channel channel, NettyEventLoop loop, Role role, ConnectionOptions options, Traffic traffic, Host host) {
        this.channel = channel;
        this.loop = loop;
        this.traffic = traffic;
        this.host = host;
        masking = role == Role.CLIENT;
        this.options = options;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    NettyEventLoop loop() {
        return loop;
    }

    /** What has left, and come. */
    Traffic traffic() {
        return traffic;
    }

    /** Whether frames go out as they were prepared: a client masks each anew. */
    boolean takesPreparedFrames() {
        return !masking;
    }

    /** What a frame with that payload takes of the limit. */
    static int cost(int payloadBytes) {
        return payloadBytes + FRAME_COST;
    }

    /** Bytes of messages that are not with the network. */
    long bufferedAmount() {
        return backlog.messageBytes();
    }

    /** Bytes of frames that are not with the network. */
    long queuedBytes() {
        return backlog.cost();
    }

    boolean isWritable() {
        return backlog.cost() < options.highWaterMark();
    }

    /**
     * Counts a message that is to be added.
     *
     * @param payloadBytes of its frames
     * @param messageBytes that the application sees waiting
     * @return whether there is room for it; if not, nothing was counted
     */
    boolean accept(int payloadBytes, long messageBytes) {
        int cost = cost(payloadBytes);
        boolean onLoop = loop.inEventLoop();
        backlog.acceptCost(cost, onLoop);
        if (backlog.cost() > options.maxBufferedBytes()) {
            backlog.acceptCost(-cost, onLoop);
            return false;
        }
        backlog.acceptMessageBytes(messageBytes, onLoop);
        noteSaturation();
        return true;
    }

    /** Counts bytes of a message that are accepted without being there yet; takes them back if negative. */
    void acceptMessageBytes(long bytes) {
        backlog.acceptMessageBytes(bytes, loop.inEventLoop());
    }

    /** Sends now what has been added, and runs something when it is with the network, or cannot be. */
    void flushThen(Runnable next) {
        writeBatch();
        ChannelEnd.whenWritten(channel, next);
    }

    /** Takes an accepted message off the count that will not be added. */
    void drop(int payloadBytes, long messageBytes) {
        released(cost(payloadBytes), messageBytes);
    }

    /**
     * Adds an accepted message, or a part of it, to the batch.
     *
     * @param payload copied; the position moves
     * @param acceptedBytes the payload's length when it was accepted
     * @param messageBytes that the application sees leaving with it
     */
    void addMessage(int firstByte, ByteBuffer payload, int acceptedBytes, long messageBytes) {
        addFrame(firstByte, payload, cost(acceptedBytes), messageBytes);
    }

    /**
     * Adds an accepted message whose whole unmasked frame is there already.
     *
     * @param frame copied, and the position moves; or, if it is in direct memory, sent as it is and never to change
     */
    void addPrepared(ByteBuffer frame, int acceptedBytes, long messageBytes) {
        traffic.frameAccepted();
        if (frame.isDirect()) {
            writeBatch();
            write(Unpooled.wrappedBuffer(frame), cost(acceptedBytes), messageBytes);
        } else {
            copy(frame, 0, cost(acceptedBytes), messageBytes);
        }
        askForFlush();
    }

    /** Adds a control frame: always accepted, for its sender waits while the outbox is not writable. */
    void addControl(int firstByte, ByteBuffer payload) {
        int cost = cost(payload.remaining());
        backlog.acceptCost(cost, true);
        noteSaturation();
        addFrame(firstByte, payload, cost, 0);
    }

    /** Adds the answer to the handshake. */
    void addHandshake(ByteBuffer answer) {
        int cost = answer.remaining();
        backlog.acceptCost(cost, true);
        copy(answer, 0, cost, 0);
        askForFlush();
    }

    private void addFrame(int firstByte, ByteBuffer payload, int cost, long messageBytes) {
        traffic.frameAccepted();
        int length = payload.remaining();
        ByteBuf header = roomFor(MAX_HEADER_BYTES + length);
        int key = 0;
        if (masking) {
            key = MaskingKeys.next();
            FrameEncoder.writeMaskedHeader(header, firstByte, length, key);
        } else {
            FrameEncoder.writeHeader(header, firstByte, length);
        }
        copy(payload, key, cost, messageBytes);
        askForFlush();
    }

    private void askForFlush() {
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    /** The end of the loop's batch. */
    @Override
    public void run() {
        flushAsked = false;
        if (behind) {
            flushWritten();
        } else {
            flush();
        }
    }

    /** Sends now what has been added. */
    void flush() {
        writeBatch();
        flushWritten();
    }

    private void flushWritten() {
        channel.flush();
        behind = unwritten > 0;
    }

    /** Drops what is not with Netty: the connection is gone. */
    void clear() {
        if (batch != null) {
            released(batchCost, batchMessageBytes);
            batchCost = 0;
            batchMessageBytes = 0;
            batch.release();
            batch = null;
        }
    }

    /** Copies into as many batches as it takes, each of which takes its share off the counts when it is written. */
    private void copy(ByteBuffer bytes, int key, long cost, long messageBytes) {
        long costLeft = cost;
        long messageLeft = messageBytes;
        int mask = key;
        while (bytes.hasRemaining()) {
            int count = copyChunk(bytes, mask);
            mask = Masking.turn(mask, count);
            costLeft -= leaves(Math.min(count, costLeft), 0);
            messageLeft -= leaves(0, Math.min(count, messageLeft));
        }
        leaves(costLeft, messageLeft);
    }

    private int copyChunk(ByteBuffer bytes, int mask) {
        ByteBuf room = roomFor(bytes.remaining());
        int count = Math.min(bytes.remaining(), room.maxWritableBytes());
        int at = room.writerIndex();
        int end = bytes.limit();
        room.writeBytes(bytes.limit(bytes.position() + count));
        bytes.limit(end);
        if (mask != 0) {
            ByteBuffer copied = room.internalNioBuffer(at, count);
            Masking.apply(copied, copied.position(), count, mask);
        }
        return count;
    }

    /** Notes what leaves the counts with the batch; returns the sum of both. */
    private long leaves(long cost, long messageBytes) {
        batchCost += cost;
        batchMessageBytes += messageBytes;
        return cost + messageBytes;
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
            long cost = batchCost;
            long messageBytes = batchMessageBytes;
            batch = null;
            batchCost = 0;
            batchMessageBytes = 0;
            write(full, cost, messageBytes);
        }
    }

    /** Writes bytes, given, that take so much off the counts when they have left. */
    private void write(ByteBuf out, long cost, long messageBytes) {
        int bytes = out.readableBytes();
        unwritten++;
        channel.write(out).addListener((ChannelFuture done) -> written(done, bytes, cost, messageBytes));
    }

    private void written(ChannelFuture done, int bytes, long cost, long messageBytes) {
        if (done.isSuccess()) {
            traffic.sent(bytes, messageBytes);
        }
        released(cost, messageBytes);
        unwritten--;
        if (behind && unwritten == 0) {
            behind = false;
            if (batch != null) {
                askForFlush();
            }
        }
        if (saturated && isWritable()) {
            saturated = false;
            host.onDrained();
        }
    }

    private void released(long cost, long messageBytes) {
        backlog.release(cost, messageBytes);
    }

    private void noteSaturation() {
        if (!isWritable()) {
            saturated = true;
        }
    }
}
