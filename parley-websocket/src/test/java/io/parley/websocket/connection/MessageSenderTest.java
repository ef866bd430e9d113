package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.parley.testkit.Deadline;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.frame.Role;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the memory of a large message that another thread sends, when the message is not sent. */
class MessageSenderTest {

    private static final int LARGE = 100_000;

    private final FairLoops loops = new FairLoops(1, new DefaultThreadFactory("test-loop"), NioIoHandler.newFactory());
    private final NioSocketChannel channel = new NioSocketChannel(); // connected to nobody: each write fails
    private final TestHost host = new TestHost();
    private MessageSender sender;

    @BeforeEach
    void open() {
        loops.register(channel).syncUninterruptibly();
        CompletableFuture<NettyEventLoop> loop = new CompletableFuture<>();
        channel.eventLoop().execute(() -> loop.complete(NettyEventLoop.of(channel.eventLoop())));
        sender = new MessageSender(channel, Deadline.get(loop), Role.SERVER, null, host);
    }

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void givenANetworkThatFails_whenALargeMessageIsSent_thenItsBlocksAreFreeAgain() {
        sender.submit(ByteBuffer.allocate(LARGE), false);

        Deadline.await("it is with the outbox", () -> host.messages.get() == 1);
        awaitFreeBlocks();
        Deadline.await("nothing waits", () -> sender.queuedBytes() == 0);
    }

    @Test
    void givenAConnectionThatIsOverByThen_whenTheLoopHasALargeMessage_thenItsBlocksAreFreeAgain() {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        channel.eventLoop().execute(() -> Deadline.get(busy));
        sender.submit(ByteBuffer.allocate(LARGE), false);
        assertThat(Blocks.shared().inUse()).isGreaterThanOrEqualTo(4);

        host.open = false;
        busy.complete(null);

        awaitFreeBlocks();
        Deadline.await("nothing waits", () -> sender.queuedBytes() == 0);
        assertThat(host.messages).hasValue(0);
    }

    @Test
    void givenALargeMessageBehindAStream_whenTheConnectionEnds_thenItsBlocksAreFreeAgain() {
        var unused = sender.submit(false, InputStream.nullInputStream(), -1, reader -> {});
        sender.submit(ByteBuffer.allocate(LARGE), false);
        runOnLoop(() -> {});
        assertThat(Blocks.shared().inUse()).isGreaterThanOrEqualTo(4);

        runOnLoop(() -> sender.abort("as the test wants it"));

        awaitFreeBlocks();
    }

    @Test
    void givenMoreThanMayWait_whenALargeMessageIsSent_thenItsBlocksAreFreeAgain() {
        sender.submit(ByteBuffer.allocate(TestHost.MAX_BUFFERED_BYTES), false);

        Deadline.await("it is too much", () -> host.tooMuch);
        awaitFreeBlocks();
        assertThat(sender.queuedBytes()).isZero();
    }

    @Test
    void givenALoopThatHasEnded_whenALargeMessageIsSent_thenThrowsAndItsBlocksAreFreeAgain() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        assertThatThrownBy(() -> sender.submit(ByteBuffer.allocate(LARGE), false))
                .isInstanceOf(RejectedExecutionException.class);

        awaitFreeBlocks();
    }

    private void runOnLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
            task.run();
            done.complete(null);
        });
        Deadline.get(done);
    }

    private static void awaitFreeBlocks() {
        Deadline.await("all blocks are free", () -> Blocks.shared().inUse() == 0);
    }

    private static final class TestHost implements MessageSender.Host {

        static final int MAX_BUFFERED_BYTES = 200_000;

        volatile boolean open = true;
        volatile boolean tooMuch;
        final AtomicInteger messages = new AtomicInteger();

        @Override
        public ConnectionOptions options() {
            return ConnectionOptions.builder()
                    .maxBufferedBytes(MAX_BUFFERED_BYTES)
                    .build();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void onMessageSent() {
            messages.incrementAndGet();
        }

        @Override
        public void onTooMuchWaiting() {
            tooMuch = true;
        }

        @Override
        public void onUnreadableMessage() {
            throw new AssertionError("no message is begun");
        }

        @Override
        public void onDrained() {}
    }
}
