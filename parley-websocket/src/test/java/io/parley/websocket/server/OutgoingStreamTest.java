package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.testkit.RawWebSocket.Frame;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are read while they are sent. */
class OutgoingStreamTest {

    private static final Executor READER = HandlerThreads.shared();
    private static final long MEGABYTE = 1024 * 1024;

    private final RecordingListener server = new RecordingListener();
    private final BareHost host = new BareHost(
            new WebSocketUpgrade(List.of(), HttpHeaders.empty(), ConnectionOptions.defaults()), () -> server);

    @AfterEach
    void stop() {
        host.close();
    }

    private RawWebSocket connect() {
        return RawWebSocket.open(host.port(), "/");
    }

    @Test
    void givenAStream_whenSent_thenItArrivesInFragmentsAndWhatIsSentAfterItComesAfterIt() {
        byte[] bytes = pattern(300_000);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent =
                    server.connection().stream(false, new ByteArrayInputStream(bytes), bytes.length, READER);
            server.connection().send("after");

            assertThat(readMessage(client, RawWebSocket.BINARY)).isEqualTo(bytes);
            assertThat(client.readText()).isEqualTo("after");
            Deadline.get(sent);
            Deadline.await("nothing waits", () -> server.connection().bufferedAmount() == 0);
        }
    }

    @Test
    void givenAStreamUnderWay_whenALargeMessageIsSent_thenItComesBehindTheStream() throws IOException {
        PipedInputStream source = new PipedInputStream();
        byte[] large = pattern(100_000);
        PipedOutputStream rest = new PipedOutputStream(source);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(false, source, -1, READER);
            server.connection().send(ByteBuffer.wrap(large));
            rest.write(1);
            rest.close();

            assertThat(readMessage(client, RawWebSocket.BINARY)).containsExactly(1);
            assertThat(readMessage(client, RawWebSocket.BINARY)).isEqualTo(large);
            Deadline.get(sent);
        }
    }

    @Test
    void givenTwoStreamsAndAMessageBetween_whenSent_thenTheyArriveInOrder() {
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> first = stream("erste €");
            server.connection().send("between");
            CompletableFuture<Void> second = stream("zweite");

            assertThat(new String(readMessage(client, RawWebSocket.TEXT), UTF_8))
                    .isEqualTo("erste €");
            assertThat(client.readText()).isEqualTo("between");
            assertThat(new String(readMessage(client, RawWebSocket.TEXT), UTF_8))
                    .isEqualTo("zweite");
            Deadline.get(first);
            Deadline.get(second);
        }
    }

    @Test
    void givenAStreamThatWaitsForItsSource_whenThePeerPings_thenItIsAnsweredInBetween() throws IOException {
        PipedInputStream source = new PipedInputStream();
        PipedOutputStream end = new PipedOutputStream(source);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(true, source, -1, READER);
            end.write("one".getBytes(UTF_8));
            end.flush();
            assertThat(client.read()).hasToString(new Frame(RawWebSocket.TEXT, "one".getBytes(UTF_8)).toString());

            client.send(0x80 | RawWebSocket.PING, "there?".getBytes(UTF_8));
            assertThat(client.read().text()).isEqualTo("there?");

            end.close();
            assertThat(client.read().isFinal()).isTrue();
            Deadline.get(sent);
        }
    }

    @Test
    void givenMessagesBehindAStream_whenAskedWhenAllIsSent_thenItIsToldAfterThem() throws IOException {
        PipedInputStream source = new PipedInputStream();
        PipedOutputStream end = new PipedOutputStream(source);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> nothing = server.connection().flushed();
            CompletableFuture<Void> sent = server.connection().stream(true, source, -1, READER);
            server.connection().send("after");
            CompletableFuture<Void> flushed = server.connection().flushed();
            Deadline.get(nothing);
            assertThat(flushed).isNotDone();

            end.close();
            Deadline.get(sent);
            Deadline.get(flushed);
            assertThat(client.read().isFinal()).isTrue();
            assertThat(client.readText()).isEqualTo("after");
        }
    }

    @Test
    void givenAConnectionThatIsLost_whenAskedWhenAllIsSent_thenItIsToldThatItWasNot() throws IOException {
        PipedInputStream source = new PipedInputStream();
        PipedOutputStream end = new PipedOutputStream(source);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(true, source, -1, READER);
            CompletableFuture<Void> behind = server.connection().flushed();
            server.connection().terminate();

            client.raw().readToEnd();
            assertThat(Deadline.failureOf(behind)).isInstanceOf(IOException.class);
            assertThat(Deadline.failureOf(server.connection().flushed())).isInstanceOf(IOException.class);
            end.close(); // until then whoever reads it is not to be woken
            assertThat(Deadline.failureOf(sent)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givenAPeerThatDoesNotRead_whenAGigabyteIsStreamed_thenOnlyALittleIsReadAndTheAmountTells() {
        long length = 1024 * MEGABYTE;
        CountedZeros source = new CountedZeros(length);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(false, source, length, READER);
            Deadline.await("begun", () -> source.read.get() > 0);
            awaitStandstill(source.read);

            long notSent = server.connection().bufferedAmount();
            assertThat(source.read.get()).isLessThan(64 * MEGABYTE); // most of it with the system
            assertThat(notSent).isBetween(length - source.read.get(), length);
            assertThat(server.connection().figures().bytesQueued()).isLessThan(MEGABYTE);
            assertThat(sent).isNotDone();
            client.raw().reset();
        }
        Deadline.get(source.closed);
    }

    @Test
    void givenASourceThatFailsAtOnce_whenStreamed_thenNothingIsSentAndTheConnectionStays() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no such disk");
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                throw new IOException("no such disk");
            }
        };
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(false, broken, 10, READER);
            server.connection().send("still here");

            assertThat(Deadline.failureOf(sent)).isInstanceOf(IOException.class).hasMessage("no such disk");
            assertThat(client.readText()).isEqualTo("still here");
            Deadline.await("nothing waits", () -> server.connection().bufferedAmount() == 0);
        }
    }

    @Test
    void givenASourceThatFailsInTheMiddle_whenStreamed_thenTheConnectionIsFailed() {
        AtomicBoolean first = new AtomicBoolean(true);
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                if (first.getAndSet(false)) {
                    return count;
                }
                throw new IOException("disk full of holes");
            }
        };
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(false, broken, -1, READER);

            assertThat(Deadline.failureOf(sent)).hasMessage("disk full of holes");
            assertThat(client.read().isFinal()).isFalse();
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.closeReason()).isEqualTo("A message could not be read to its end");
        }
        assertThat(server.closed()).isEqualTo("1011 A message could not be read to its end");
    }

    @Test
    void givenATextThatIsNotUtf8_whenStreamed_thenTheFutureSaysSo() {
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(
                    true, new ByteArrayInputStream(new byte[] {'a', (byte) 0xFF}), 2, READER);

            assertThat(Deadline.failureOf(sent))
                    .hasMessage("A text message that is not UTF-8 (expected: UTF-8; send it as a binary message)");
            server.connection().send("still here");
            assertThat(client.readText()).isEqualTo("still here");
        }
    }

    @Test
    void givenACloseDuringAStream_whenTheMessageIsComplete_thenTheCloseFrameFollows() throws IOException {
        PipedInputStream source = new PipedInputStream();
        PipedOutputStream end = new PipedOutputStream(source);
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> sent = server.connection().stream(true, source, -1, READER);
            end.write('a');
            end.flush();
            assertThat(client.read().text()).isEqualTo("a");
            server.connection().close(1000, "done");
            server.connection().send("too late");
            end.close();

            assertThat(client.read().isFinal()).isTrue();
            assertThat(client.read().closeCode()).isEqualTo(1000);
            Deadline.get(sent);
            client.sendClose(1000, "done");
        }
        assertThat(server.closed()).isEqualTo("1000 done");
    }

    @Test
    void givenAConnectionThatIsLost_whenAStreamIsUnderWay_thenItsFutureFailsAndTheSourceIsClosed() {
        CountedZeros source = new CountedZeros(1024 * MEGABYTE);
        CountedZeros waiting = new CountedZeros(1);
        RawWebSocket client = connect();
        CompletableFuture<Void> sent = server.connection().stream(false, source, -1, READER);
        CompletableFuture<Void> unsent = server.connection().stream(false, waiting, -1, READER);
        CompletableFuture<Void> taken = new CompletableFuture<>(); // both streams, by the loop
        server.connection().eventLoop().execute(() -> taken.complete(null));
        Deadline.get(taken);
        client.read();
        client.raw().reset();

        assertThat(Deadline.failureOf(sent))
                .isInstanceOf(IOException.class)
                .hasMessage("The connection was over before the message was sent: Connection lost");
        assertThat(Deadline.failureOf(unsent))
                .hasMessage("The connection was over before the message was sent: Connection lost");
        Deadline.get(source.closed);
        Deadline.get(waiting.closed);
    }

    @Test
    void givenAClosedConnection_whenStreamed_thenTheFutureFails() {
        RawWebSocket client = connect();
        server.connection();
        client.raw().reset();
        server.closed();

        CountedZeros source = new CountedZeros(1);
        assertThat(Deadline.failureOf(server.connection().stream(false, source, 1, READER)))
                .hasMessage("The connection was over before the message was sent: closed");
        Deadline.get(source.closed);
    }

    private CompletableFuture<Void> stream(String text) {
        return server.connection().stream(true, new ByteArrayInputStream(text.getBytes(UTF_8)), -1, READER);
    }

    /** Waits until a count does not change any more. */
    private static void awaitStandstill(AtomicLong count) {
        AtomicLong before = new AtomicLong(-1);
        AtomicLong same = new AtomicLong();
        Deadline.await("standstill", () -> {
            same.set(before.getAndSet(count.get()) == count.get() ? same.get() + 1 : 0);
            return same.get() > 20;
        });
    }

    private static byte[] readMessage(RawWebSocket client, int opcode) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame frame = client.read();
        assertThat(frame.opcode()).isEqualTo(opcode);
        message.writeBytes(frame.payload());
        while (!frame.isFinal()) {
            frame = client.read();
            assertThat(frame.opcode()).isEqualTo(RawWebSocket.CONTINUATION);
            message.writeBytes(frame.payload());
        }
        return message.toByteArray();
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((i * 31) >> 4);
        }
        return bytes;
    }

    /** Zeros that nobody keeps, counted as they are read. */
    private static final class CountedZeros extends InputStream {

        final AtomicLong read = new AtomicLong();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final long length;

        CountedZeros(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return read.get() < length && read.incrementAndGet() > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            int here = (int) Math.min(count, length - read.get());
            read.addAndGet(here);
            return here == 0 ? -1 : here;
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }
}
