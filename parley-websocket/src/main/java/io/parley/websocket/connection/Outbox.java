package io.parley.websocket.connection;

import static io.parley.websocket.frame.FrameEncoder.MAX_HEADER_BYTES;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
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
 * joined until it has taken what it was given: what a slow peer does not read waits in few large pieces, larger ones the
 * more there is, which are sooner given back when the peer is cut.
 *
 * <p>It also counts what was accepted and is not with the network yet, twice: the bytes of messages, for the
 * application, and the {@linkplain #cost cost} in memory, for the limit.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop, but for {@link #accept}, {@link #bufferedAmount},
 * {@link #queuedBytes} and {@link #isWritable}, which are safe for any thread.
 */
abstract class Outbox extends Backlog implements Runnable {

    static final int MAX_BATCH_BYTES = 32 * 1024;
    static final int MAX_WAITING_BATCH_BYTES = 256 * 1024; // while the network is far behind

    /** Netty's usual allocator looks through all that it has given out, once that is hundreds of megabytes. */
    private static final ByteBufAllocator FOR_MUCH = PooledByteBufAllocator.DEFAULT;

    private static final int FRAME_COST = 16; // a header, or what it takes to wait: many empty messages count too
    static final int LEAST_BATCH_BYTES = 128; // it grows: thousands of connections may have one at a time

    private final Channel channel;
    private final NettyEventLoop loop;
    private final boolean masking;

    private @Nullable Batch batch; // ours; non-null while frames wait for the end of the loop's batch
    private int unwritten; // writes that the network has not taken
    private boolean behind; // the last flush left some of them
    private boolean flushAsked;

    private volatile boolean saturated; // onDrained is owed

    /** Bytes for the network, and what leaves the backlog with them. */
    private final class Batch implements ChannelFutureListener {

        private final ByteBuf bytes;
        private long cost;
        private long messageBytes;
        private int length; // meaningful once they are written

        Batch(ByteBuf bytes) {
            this.bytes = bytes;
        }

        /** Notes what leaves with it; returns the sum of both. */
        long leaves(long moreCost, long moreMessageBytes) {
            cost += moreCost;
            messageBytes += moreMessageBytes;
            return moreCost + moreMessageBytes;
        }

        @Override
        public void operationComplete(ChannelFuture done) {
            written(this, done.isSuccess());
        }
    }

    /**
     * An outbox without anything in it.
     *
     * @param role which end of the connection this is: a client masks
     */
    Outbox(Channel channel, NettyEventLoop loop, Role role) {
        this.channel = channel;
        this.loop = loop;
        masking = role == Role.CLIENT;
    }

    /** What may wait, and how much of it is little. */
    abstract ConnectionOptions options();

    /** {@link #isWritable} is true again; called on the loop. */
    abstract void onDrained();

    final Channel channel() {
        return channel;
    }

    final ByteBufAllocator allocator() {
        return channel.alloc();
    }

    final NettyEventLoop loop() {
        return loop;
    }

    final Role role() {
        return masking ? Role.CLIENT : Role.SERVER;
    }

    /** Whether frames go out as they were prepared: a client masks each anew. */
    final boolean takesPreparedFrames() {
        return !masking;
    }

    /** What a frame with that payload takes of the limit. */
    static int cost(int payloadBytes) {
        return payloadBytes + FRAME_COST;
    }

    final boolean isWritable() {
        return queuedBytes() < options().highWaterMark();
    }

    /**
     * Counts a message that is to be added.
     *
     * @param payloadBytes of its frames
     * @param messageBytes that the application sees waiting
     * @return whether there is room for it; if not, nothing was counted
     */
    final boolean accept(int payloadBytes, long messageBytes) {
        int cost = cost(payloadBytes);
        boolean onLoop = loop.inEventLoop();
        acceptCost(cost, onLoop);
        if (queuedBytes() > options().maxBufferedBytes()) {
            acceptCost(-cost, onLoop);
            return false;
        }
        acceptMessageBytes(messageBytes, onLoop);
        noteSaturation();
        return true;
    }

    /** Counts bytes of a message that are accepted without being there yet; takes them back if negative. */
    final void acceptMessageBytes(long bytes) {
        acceptMessageBytes(bytes, loop.inEventLoop());
    }

    /** Sends now what has been added, and runs something when it is with the network, or cannot be. */
    final void flushThen(Runnable next) {
        writeBatch();
        ChannelEnd.whenWritten(channel, next);
    }

    /** Takes an accepted message off the count that will not be added. */
    final void drop(int payloadBytes, long messageBytes) {
        release(cost(payloadBytes), messageBytes);
    }

    /**
     * Adds an accepted message, or a part of it, to the batch.
     *
     * @param payload copied; the position moves
     * @param acceptedBytes the payload's length when it was accepted
     * @param messageBytes that the application sees leaving with it
     */
    final void addMessage(int firstByte, ByteBuffer payload, int acceptedBytes, long messageBytes) {
        addFrame(firstByte, payload, cost(acceptedBytes), messageBytes);
    }

    /**
     * Adds an accepted message whose whole unmasked frame is there already.
     *
     * @param frame copied, and the position moves; or, if it is in direct memory, sent as it is and never to change
     */
    final void addPrepared(ByteBuffer frame, int acceptedBytes, long messageBytes) {
        frameAccepted();
        if (frame.isDirect()) {
            writeBatch();
            Batch whole = new Batch(Unpooled.wrappedBuffer(frame));
            whole.leaves(cost(acceptedBytes), messageBytes);
            write(whole);
        } else {
            copy(frame, 0, cost(acceptedBytes), messageBytes);
        }
        askForFlush();
    }

    /**
     * Adds an accepted message; the last of its blocks may get what follows, too.
     *
     * @param frame taken
     */
    final void addLarge(LargeFrame frame) {
        frameAccepted();
        long costLeft = cost(frame.length());
        long messageLeft = frame.length();
        for (ByteBuf block : frame.blocks()) {
            writeBatch();
            Batch next = new Batch(block);
            long messageBytes = Math.min(block.readableBytes(), messageLeft);
            messageLeft -= messageBytes;
            long cost = messageLeft == 0 ? costLeft : messageBytes;
            costLeft -= cost;
            next.leaves(cost, messageBytes);
            batch = next;
        }
        askForFlush();
    }

    /** Adds a control frame: always accepted, for its sender waits while the outbox is not writable. */
    final void addControl(int firstByte, ByteBuffer payload) {
        int cost = cost(payload.remaining());
        acceptCost(cost, true);
        noteSaturation();
        addFrame(firstByte, payload, cost, 0);
    }

    /** Adds the answer to the handshake; it may be empty. */
    final void addHandshake(ByteBuffer answer) {
        int cost = answer.remaining();
        if (cost > 0) {
            acceptCost(cost, true);
            copy(answer, 0, cost, 0);
            askForFlush();
        }
    }

    private void addFrame(int firstByte, ByteBuffer payload, int cost, long messageBytes) {
        frameAccepted();
        int length = payload.remaining();
        ByteBuf header = roomFor(MAX_HEADER_BYTES + length).bytes;
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
    public final void run() {
        flushAsked = false;
        if (behind) {
            flushWritten();
        } else {
            flush();
        }
    }

    /** Sends now what has been added. */
    final void flush() {
        writeBatch();
        flushWritten();
    }

    private void flushWritten() {
        channel.flush();
        behind = unwritten > 0;
    }

    /** Drops what is not with Netty: the connection is gone. */
    final void clear() {
        Batch dropped = batch;
        if (dropped != null) {
            batch = null;
            release(dropped.cost, dropped.messageBytes);
            dropped.bytes.release();
        }
    }

    /** Copies into as many batches as it takes, each of which takes its share off the counts when it is written. */
    private void copy(ByteBuffer bytes, int key, long cost, long messageBytes) {
        long costLeft = cost;
        long messageLeft = messageBytes;
        int mask = key;
        Batch into;
        do {
            into = roomFor(bytes.remaining());
            int count = copyChunk(bytes, mask, into.bytes);
            mask = Masking.turn(mask, count);
            costLeft -= into.leaves(Math.min(count, costLeft), 0);
            messageLeft -= into.leaves(0, Math.min(count, messageLeft));
        } while (bytes.hasRemaining());
        into.leaves(costLeft, messageLeft);
    }

    private static int copyChunk(ByteBuffer bytes, int mask, ByteBuf room) {
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

    /** The batch: with room for a header at least, and for all of {@code bytes} where a batch can be that large. */
    private Batch roomFor(int bytes) {
        if (batch != null && batch.bytes.maxWritableBytes() < Math.min(bytes, MAX_HEADER_BYTES)) {
            writeBatch();
        }
        if (batch == null) {
            int most = maxBatchBytes();
            batch = new Batch(most > MAX_BATCH_BYTES ? FOR_MUCH.directBuffer(most, most) : smallBatch(bytes));
        }
        return batch;
    }

    private ByteBuf smallBatch(int bytes) {
        ByteBuf block = bytes < MAX_BATCH_BYTES ? null : Blocks.shared().take();
        if (block != null) {
            return block;
        }
        int room = Math.max(bytes, loop.roomForBatch());
        int capacity = Math.min(MAX_BATCH_BYTES, Math.max(LEAST_BATCH_BYTES, room));
        return channel.alloc().directBuffer(capacity, MAX_BATCH_BYTES);
    }

    /** A quarter of what waits for a network that is behind: so much is soon there. */
    private int maxBatchBytes() {
        if (!behind) {
            return MAX_BATCH_BYTES;
        }
        long quarter = Long.highestOneBit(queuedBytes() / 4);
        return (int) Math.max(MAX_BATCH_BYTES, Math.min(MAX_WAITING_BATCH_BYTES, quarter));
    }

    private void writeBatch() {
        Batch full = batch;
        if (full != null) {
            batch = null;
            loop.noteBatch(full.bytes.readableBytes());
            write(full);
        }
    }

    private void write(Batch full) {
        full.length = full.bytes.readableBytes();
        unwritten++;
        channel.write(full.bytes).addListener(full);
    }

    private void written(Batch done, boolean sent) {
        if (sent) {
            sent(done.length, done.messageBytes);
        }
        release(done.cost, done.messageBytes);
        unwritten--;
        if (behind && unwritten == 0) {
            behind = false;
            if (batch != null) {
                askForFlush();
            }
        }
        if (saturated && isWritable()) {
            saturated = false;
            onDrained();
        }
    }

    private void noteSaturation() {
        if (!isWritable()) {
            saturated = true;
        }
    }
}
