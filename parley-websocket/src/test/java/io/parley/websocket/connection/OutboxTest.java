package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.Opcode;
import io.parley.websocket.frame.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joining and counting, with a network that takes a write when the test says so. */
class OutboxTest {

    private static final int BINARY = FrameEncoder.FINAL | Opcode.BINARY.code();
    private static final int MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
    private static final ConnectionOptions OPTIONS =
            ConnectionOptions.builder().maxBufferedBytes(MAX_BUFFERED_BYTES).build();

    private final SlowNetwork network = new SlowNetwork();
    private final EmbeddedChannel channel = new EmbeddedChannel(network);
    private final NettyEventLoop loop = NettyEventLoop.of(channel.eventLoop());
    private int drains;
    private final Outbox outbox = new Outbox(channel, loop, Role.SERVER) {
        @Override
        ConnectionOptions options() {
            return OPTIONS;
        }

        @Override
        void onDrained() {
            drains++;
        }
    };

    @AfterEach
    void close() {
        outbox.clear();
        channel.finishAndReleaseAll();
    }

    @Test
    void givenManyFramesInOneBatchOfTheLoop_whenItEnds_thenTheyLeaveInOneWriteAndOneFlush() {
        for (int i = 0; i < 100; i++) {
            add(60, i);
        }
        assertThat(network.writes).isEmpty();

        channel.runPendingTasks();

        assertThat(network.writes).containsExactly(100 * 62);
        assertThat(network.flushes).isEqualTo(1);
    }

    @Test
    void givenFramesOfAllSizes_whenTheyLeave_thenNoWriteIsLongerThanABatchAndTheBytesAreInOrder() {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int[] sizes = {1, 125, 126, 30_000, 5_000, 65_535, 65_536, 3, 200_000, 0, 32_768, 7};
        for (int i = 0; i < sizes.length; i++) {
            outbox.addHandshake(bytes(sizes[i], i));
            expected.writeBytes(bytes(sizes[i], i).array());
        }
        takeAll();

        assertThat(network.writes).allSatisfy(size -> assertThat(size).isBetween(1, Outbox.MAX_WAITING_BATCH_BYTES));
        assertThat(Arrays.equals(network.taken.toByteArray(), expected.toByteArray()))
                .isTrue();
        assertThat(outbox.bufferedAmount()).isZero();
    }

    @Test
    void givenBatchesThatHaveBecomeLarge_whenAnotherBegins_thenItNeedNotGrow() {
        assertThat(capacityOfABatchWith(60)).isLessThan(1_000);
        for (int i = 0; i < 50; i++) {
            assertThat(capacityOfABatchWith(10_000)).isBetween(10_000, Outbox.MAX_BATCH_BYTES);
        }

        assertThat(capacityOfABatchWith(60)).isBetween(10_000, 13_000);

        for (int i = 0; i < 100; i++) {
            capacityOfABatchWith(60);
        }
        assertThat(capacityOfABatchWith(60)).isLessThan(1_000);
    }

    @Test
    void givenManyBatchesAtATime_whenAnotherBegins_thenItBeginsSmall() {
        for (int i = 0; i < 50; i++) {
            capacityOfABatchWith(10_000);
        }
        for (int i = 0; i < 256; i++) {
            loop.flushLater(() -> {});
        }

        assertThat(capacityOfABatchWith(60)).isLessThan(1_000);
    }

    @Test
    void givenANetworkThatIsBehind_whenFramesAreAdded_thenTheyAreJoinedUntilItIsNot() {
        add(60, 0);
        channel.runPendingTasks();
        for (int i = 0; i < 100; i++) {
            add(60, i);
            channel.runPendingTasks();
        }
        assertThat(network.writes).containsExactly(62);
        assertThat(outbox.bufferedAmount()).isEqualTo(101 * 60);

        network.takeOne();
        channel.runPendingTasks();

        assertThat(network.writes).containsExactly(62, 100 * 62);
        network.takeOne();
        assertThat(outbox.queuedBytes()).isZero();
        add(60, 0);
        channel.runPendingTasks();
        assertThat(network.writes).containsExactly(62, 100 * 62, 62);
    }

    @Test
    void givenANetworkThatIsBehind_whenABatchIsFull_thenItIsGivenAtOnceAndTheRestWaits() {
        int length = Outbox.MAX_BATCH_BYTES / 2;
        for (int i = 0; i < 6; i++) {
            add(length - 4, i);
            channel.runPendingTasks();
        }

        assertThat(network.writes).containsExactly(length, 2 * length, 2 * length);
        assertThat(network.flushes).isGreaterThanOrEqualTo(network.writes.size());
        takeAll();
        assertThat(network.taken.size()).isEqualTo(6 * length);
    }

    @Test
    void givenANetworkThatIsFarBehind_whenMoreAndMoreWaits_thenItWaitsInLargerPieces() {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 600; i++) {
            add(4_000, i);
            expected.writeBytes(new byte[] {(byte) 0x82, 126, 0x0F, (byte) 0xA0});
            expected.writeBytes(bytes(4_000, i).array());
            channel.runPendingTasks();
        }

        assertThat(network.writes).first().isEqualTo(4_004);
        assertThat(network.writes.subList(1, network.writes.size())).isSorted();
        assertThat(network.writes).last().isEqualTo(Outbox.MAX_WAITING_BATCH_BYTES);
        takeAll();
        assertThat(Arrays.equals(network.taken.toByteArray(), expected.toByteArray()))
                .isTrue();
        assertThat(outbox.queuedBytes()).isZero();
    }

    @Test
    void givenANetworkThatIsBehind_whenAFlushIsWanted_thenNothingIsHeldBack() {
        add(60, 0);
        channel.runPendingTasks();
        add(60, 1);
        channel.runPendingTasks();
        assertThat(network.writes).containsExactly(62);

        outbox.flush();

        assertThat(network.writes).containsExactly(62, 62);
    }

    @Test
    void givenFramesOnTheirWay_whenTheyAreAddedAndTaken_thenTheCountIsExact() {
        assertThat(outbox.accept(100, 100)).isTrue();
        assertThat(outbox.bufferedAmount()).isEqualTo(100);

        outbox.addMessage(BINARY, bytes(100, 0), 100, 100);
        assertThat(outbox.bufferedAmount()).isEqualTo(100);

        channel.runPendingTasks();
        add(200, 0);
        assertThat(outbox.bufferedAmount()).isEqualTo(300);

        network.takeOne();
        assertThat(outbox.bufferedAmount()).isEqualTo(200);

        outbox.clear();
        assertThat(outbox.bufferedAmount()).isZero();
        assertThat(outbox.queuedBytes()).isZero();
    }

    @Test
    void givenALongMessage_whenTheNetworkTakesItBatchByBatch_thenTheCountGoesDownWithIt() {
        add(100_000, 0);
        channel.runPendingTasks();
        long left = outbox.bufferedAmount();

        while (left > 0) {
            network.takeOne();
            assertThat(outbox.bufferedAmount()).isBetween(left - Outbox.MAX_BATCH_BYTES, left - 1);
            left = outbox.bufferedAmount();
        }

        assertThat(network.taken.size()).isEqualTo(100_010);
    }

    @Test
    void givenMoreThanMayWait_whenAccepted_thenNothingIsCounted() {
        assertThat(outbox.accept(MAX_BUFFERED_BYTES - 16, 7)).isTrue();

        assertThat(outbox.accept(0, 0)).isFalse();

        assertThat(outbox.queuedBytes()).isEqualTo(MAX_BUFFERED_BYTES);
        assertThat(outbox.bufferedAmount()).isEqualTo(7);
    }

    @Test
    void givenAnotherThreadThatReads_whenMessagesPassThrough_thenItNeverSeesLessThanThereIs() throws Exception {
        assertThat(outbox.accept(1_000, 1_000)).isTrue(); // stays
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> least = CompletableFuture.supplyAsync(() -> {
            long seen = Long.MAX_VALUE;
            while (!over.get()) {
                seen = Math.min(seen, outbox.bufferedAmount());
            }
            return seen;
        });

        for (int i = 0; i < 20_000; i++) {
            add(50, i);
            channel.runPendingTasks();
            network.takeAll();
        }
        over.set(true);

        assertThat(Deadline.get(least)).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void givenTheHighWaterMarkIsReached_whenTheNetworkTakesEnough_thenItDrainsOnce() {
        add(OPTIONS.highWaterMark() - 17, 0);
        assertThat(outbox.isWritable()).isTrue();
        add(1, 0);
        assertThat(outbox.isWritable()).isFalse();
        channel.runPendingTasks();
        assertThat(drains).isZero();

        network.takeOne();
        assertThat(outbox.isWritable()).isTrue();
        assertThat(drains).isEqualTo(1);

        network.takeAll();
        assertThat(drains).isEqualTo(1);
    }

    @Test
    void givenAFlushThatCausesAnotherFrame_whenTheBatchEnds_thenThatBelongsToTheNextOne() {
        outbox.addHandshake(bytes(10, 0));
        loop.flushLater(() -> outbox.addHandshake(bytes(20, 0)));

        takeAll();

        assertThat(network.writes).containsExactly(10, 20);
    }

    @Test
    void givenAFlushThatThrows_whenTheBatchEnds_thenTheOthersAreFlushedAllTheSame() {
        loop.flushLater(() -> {
            throw new IllegalStateException("as the test wants it");
        });
        outbox.addHandshake(bytes(10, 0));

        channel.runPendingTasks();
        assertThatThrownBy(channel::checkException).hasMessage("as the test wants it");
        channel.runPendingTasks();

        assertThat(network.writes).containsExactly(10);
    }

    /** What waits, and what is written when that is through. */
    private void takeAll() {
        channel.runPendingTasks();
        while (!network.waiting.isEmpty()) {
            network.takeAll();
            channel.runPendingTasks();
        }
    }

    @Test
    void givenAFewBytes_whenTheBatchOfThemIsMade_thenItHasRoomForLittleMore() {
        assertThat(capacityOfABatchWith(60)).isEqualTo(Outbox.LEAST_BATCH_BYTES);
    }

    private int capacityOfABatchWith(int length) {
        add(length, 0);
        channel.runPendingTasks();
        int capacity = network.waiting.getLast().capacity();
        network.takeAll();
        return capacity;
    }

    private void add(int length, int seed) {
        assertThat(outbox.accept(length, length)).isTrue();
        outbox.addMessage(BINARY, bytes(length, seed), length, length);
    }

    private static ByteBuffer bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + seed);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Keeps what is written until it is told to take it. */
    private static final class SlowNetwork extends ChannelOutboundHandlerAdapter {

        final List<Integer> writes = new ArrayList<>();
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final Deque<ByteBuf> waiting = new ArrayDeque<>();
        private final Deque<ChannelPromise> promises = new ArrayDeque<>();
        int flushes;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            writes.add(bytes.readableBytes());
            waiting.add(bytes);
            promises.add(promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            flushes++;
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            waiting.forEach(ByteBuf::release);
        }

        void takeOne() {
            ByteBuf bytes = waiting.remove();
            taken.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
            promises.remove().setSuccess();
        }

        void takeAll() {
            while (!waiting.isEmpty()) {
                takeOne();
            }
        }
    }
}
