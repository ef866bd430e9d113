package io.parley.websocket.connection;

import static java.util.Objects.requireNonNullElse;

import io.parley.websocket.frame.Opcode;
import io.parley.websocket.frame.Utf8Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A message that is read while it is sent. Its reader is a thread that may block; it is at most
 * {@link #MAX_FRAGMENTS_UNDER_WAY} fragments ahead of the network.
 *
 * <p><b>Threading.</b> {@link #read} runs on a thread of the reader's, everything else on the connection's event loop.
 */
final class OutgoingStream {

    static final int FRAGMENT_BYTES = 64 * 1024;
    static final int MAX_FRAGMENTS_UNDER_WAY = 4;

    private static final int PERMITS = MAX_FRAGMENTS_UNDER_WAY;

    /** What the stream needs of its connection. */
    interface Host {

        /** Runs something on the loop. */
        void execute(Runnable task);

        /** Counts and adds a part; {@code whenWritten} runs when it is with the network, or cannot be. */
        void addFragment(OutgoingStream stream, ByteBuffer bytes, long newMessageBytes, Runnable whenWritten);

        /** Ends the message; the application was told of so many bytes that did not come. */
        void endStream(OutgoingStream stream, long missingBytes, Runnable whenWritten);

        /** Gives up a message, of which some may be with the peer already, and so many bytes did not come. */
        void failStream(OutgoingStream stream, boolean begun, long missingBytes);
    }

    private final Host host;
    private final Opcode opcode;
    private final InputStream source;
    private final Executor reader;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final Semaphore underWay = new Semaphore(PERMITS);
    private final @Nullable Utf8Validator validator; // null for a binary message
    private volatile @Nullable String aborted; // why; non-null once the connection is over

    private boolean begun; // loop only: the first frame is out
    private long promisedBytes; // loop only: counted when the message was accepted, and not read yet

    OutgoingStream(Host host, boolean text, InputStream source, long length, Executor reader) {
        this.host = host;
        this.source = source;
        this.reader = reader;
        opcode = text ? Opcode.TEXT : Opcode.BINARY;
        validator = text ? new Utf8Validator() : null;
        promisedBytes = Math.max(0, length);
    }

    /** Completes, on a thread of the reader's, when the last byte is with the network. */
    CompletableFuture<Void> sent() {
        return sent;
    }

    /** It is its turn. */
    void start() {
        try {
            reader.execute(this::read);
        } catch (RuntimeException rejected) {
            host.failStream(this, false, promisedBytes);
            sent.completeExceptionally(new IOException("The executor takes no task to read the message", rejected));
        }
    }

    /** The connection is over: whoever reads is to stop. */
    void abort(String reason) {
        aborted = reason;
        underWay.release(PERMITS);
    }

    /** The connection was over before it was its turn. */
    void abortUnstarted(String reason) {
        abort(reason);
        start();
    }

    /** The opcode for the next frame. */
    int takeOpcode() {
        int next = begun ? Opcode.CONTINUATION.code() : opcode.code();
        begun = true;
        return next;
    }

    private void read() {
        try (InputStream in = source) {
            send(in);
            sent.complete(null);
        } catch (IOException | RuntimeException | Error broken) {
            host.execute(() -> host.failStream(this, begun, promisedBytes));
            sent.completeExceptionally(broken instanceof IOException ? broken : new IOException("Unreadable", broken));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            host.execute(() -> host.failStream(this, begun, promisedBytes));
            sent.completeExceptionally(new IOException("Interrupted while the message was sent", hurried));
        }
    }

    private void send(InputStream in) throws IOException, InterruptedException {
        byte[] buffer = new byte[FRAGMENT_BYTES];
        int count = read(in, buffer);
        while (count >= 0) {
            ByteBuffer fragment = ByteBuffer.wrap(Arrays.copyOf(buffer, count));
            host.execute(() -> add(fragment));
            count = read(in, buffer);
        }
        host.execute(() -> host.endStream(this, promisedBytes, underWay::release));
        underWay.acquire(PERMITS);
        checkAborted();
    }

    /** Reads when the network has taken enough of what was read before. */
    private int read(InputStream in, byte[] buffer) throws IOException, InterruptedException {
        underWay.acquire();
        checkAborted();
        int count = in.read(buffer);
        if (validator != null) {
            check(validator, buffer, count);
        }
        return count;
    }

    private void add(ByteBuffer fragment) {
        int length = fragment.remaining();
        long promised = Math.min(length, promisedBytes);
        promisedBytes -= promised;
        host.addFragment(this, fragment, length - promised, underWay::release);
    }

    private static void check(Utf8Validator validator, byte[] buffer, int count) throws IOException {
        boolean good = count < 0 ? validator.isComplete() : validator.check(buffer, 0, count) < 0;
        if (!good) {
            throw new IOException("A text message that is not UTF-8 (expected: UTF-8; send it as a binary message)");
        }
    }

    private void checkAborted() throws IOException {
        if (aborted != null) {
            throw new IOException(
                    "The connection was over before the message was sent: " + requireNonNullElse(aborted, "closed"));
        }
    }
}
