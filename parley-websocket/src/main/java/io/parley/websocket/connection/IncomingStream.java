package io.parley.websocket.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.checkFromIndexSize;

import io.parley.websocket.MessageStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A message between the loop, which adds its parts, and a handler, which reads them.
 *
 * <p><b>Threading.</b> Safe for one thread at either end.
 */
final class IncomingStream extends InputStream implements MessageStream {

    private final boolean text;
    private final IntConsumer onRead;
    private final Reader characters;
    private final ReentrantLock lock = new ReentrantLock(); // which a virtual thread may wait for
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();
    private boolean complete;
    private boolean skipping; // nobody reads any more
    private @Nullable String broken; // why there will be no more; null while there may be

    /** A stream that tells {@code onRead} how many bytes were taken from it, on the thread that takes them. */
    IncomingStream(boolean text, IntConsumer onRead) {
        this.text = text;
        this.onRead = onRead;
        characters = new InputStreamReader(this, UTF_8);
    }

    // --- the loop's end ---

    /** Adds a part; returns how many bytes of it wait to be read now. */
    int add(ByteBuffer bytes) {
        lock.lock();
        try {
            if (skipping || !bytes.hasRemaining()) {
                return 0;
            }
            parts.add(bytes);
            changed.signal();
            return bytes.remaining();
        } finally {
            lock.unlock();
        }
    }

    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void breakOff(String reason) {
        lock.lock();
        try {
            broken = reason;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    // --- the handler's end ---

    @Override
    public boolean isText() {
        return text;
    }

    @Override
    public InputStream bytes() {
        return this;
    }

    @Override
    public Reader text() {
        return characters;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = take(target, offset, length);
        if (count > 0) {
            onRead.accept(count);
        }
        return count;
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            ByteBuffer part = awaitPart();
            if (part == null) {
                return -1;
            }
            int count = Math.min(length, part.remaining());
            part.get(target, offset, count);
            if (!part.hasRemaining()) {
                parts.remove();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The next part that has something to read; null at the end of the message. */
    private @Nullable ByteBuffer awaitPart() throws IOException {
        try {
            while (parts.isEmpty() && !complete) {
                if (broken != null) {
                    throw new IOException(broken);
                }
                changed.await();
            }
            return parts.peek();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the next part of a message");
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            ByteBuffer part = parts.peek();
            return part == null ? 0 : part.remaining();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever reads has enough: what is here and what still comes is dropped. */
    void skipRest() {
        int dropped = 0;
        lock.lock();
        try {
            skipping = true;
            for (ByteBuffer part : parts) {
                dropped += part.remaining();
            }
            parts.clear();
        } finally {
            lock.unlock();
        }
        if (dropped > 0) {
            onRead.accept(dropped);
        }
    }
}
