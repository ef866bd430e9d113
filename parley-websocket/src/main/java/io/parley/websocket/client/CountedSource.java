package io.parley.websocket.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * A source of a message that tells how much longer, or shorter, it is than was thought.
 *
 * <p><b>Threading.</b> For one thread.
 */
final class CountedSource extends FilterInputStream {

    private final LongConsumer correction;
    private long left; // bytes of the expected length that were not read

    CountedSource(InputStream source, long expectedLength, LongConsumer correction) {
        super(source);
        this.left = expectedLength;
        this.correction = correction;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? -1 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    private void count(int read) {
        if (read < 0) {
            correct(-left);
            left = 0;
        } else {
            correct(Math.max(0, read - left));
            left = Math.max(0, left - read);
        }
    }

    private void correct(long bytes) {
        if (bytes != 0) {
            correction.accept(bytes);
        }
    }
}
