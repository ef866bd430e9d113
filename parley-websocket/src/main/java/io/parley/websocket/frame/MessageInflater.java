package io.parley.websocket.frame;

import io.parley.websocket.CloseCode;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages that one connection receives (RFC 7692 section 7.2.2).
 *
 * <p>Between two messages it owns no native memory: an inflater is borrowed for the time of a message, and the context,
 * if it is taken over, is remembered on the heap. So the end of each message can be checked to the bit, and a connection
 * costs what its peer has sent, 32 KiB at most.
 *
 * <p><b>Threading.</b> Confined to its connection's event loop.
 */
public final class MessageInflater implements AutoCloseable {

    /** Takes what was inflated. */
    @FunctionalInterface
    public interface Sink {

        /**
         * The next bytes of the message.
         *
         * @param bytes borrowed: they change after the call
         * @throws FrameException if they are not wanted: nothing more is inflated
         */
        void accept(byte[] bytes, int from, int count);
    }

    /** What the sender has left out at the end, and a last block: a whole message ends with it and without output. */
    private static final byte[] END = {0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int LEAST_HISTORY_BITS = 9; // zlib, told 8, uses 9, and so do the peers that are made of it

    private static final Spares<Work> SPARES = new Spares<>();

    /** What is needed while a message is under way. */
    private static final class Work {

        final Inflater inflater = new Inflater(true);
        final byte[] output = new byte[16 * 1024];
    }

    private final @Nullable History history; // null without context takeover
    private @Nullable Work work; // ours; non-null while a message is under way
    private boolean delivering; // the sink is at work, and may close this

    /**
     * An inflater for one connection.
     *
     * @param windowBits how far the peer may refer back over the messages, 8 to 15 (RFC 7692 section 7.1.2)
     * @param contextTakeover whether it may refer to earlier messages at all (RFC 7692 section 7.1.1)
     * @throws IllegalArgumentException if {@code windowBits} is out of its range
     */
    public MessageInflater(int windowBits, boolean contextTakeover) {
        DeflateParameters.checkWindowBits("windowBits", windowBits);
        history = contextTakeover ? new History(1 << Math.max(LEAST_HISTORY_BITS, windowBits)) : null;
    }

    /**
     * Inflates the next bytes of a compressed message, cut anywhere. A message without a byte is an empty one.
     *
     * <p>A block that is marked as the last one may be followed by others (RFC 7692 section 7.2.3.4).
     *
     * @param bytes borrowed: unmasked payload
     * @param endOfMessage whether these are the last ones of the message
     * @param sink gets the output in chunks of 16 KiB at most, before more of it is made
     * @throws FrameException with {@link CloseCode#INVALID_PAYLOAD} if this cannot be inflated or ends too early, or
     *     from the sink; this object is only to be closed then
     */
    public void inflate(byte[] bytes, int from, int count, boolean endOfMessage, Sink sink) {
        if (count > 0) {
            inflate(atWork(), bytes, from, count, sink);
        }
        if (endOfMessage) {
            finish();
        }
    }

    /** Gives up a message that is under way: nothing more of it is inflated. May be called again, and by the sink. */
    @Override
    public void close() {
        Work left = work;
        work = null;
        if (left != null && !delivering) {
            giveBack(left);
        }
    }

    private static void giveBack(Work work) {
        work.inflater.setInput(END); // or it would keep the last input
        if (!SPARES.give(work)) {
            work.inflater.end();
        }
    }

    private Work atWork() {
        if (work == null) {
            Work spare = SPARES.take();
            work = spare != null ? spare : new Work();
            work.inflater.reset();
            if (history != null) {
                history.recall(work.inflater);
            }
        }
        return work;
    }

    private void inflate(Work own, byte[] bytes, int from, int count, Sink sink) {
        Inflater inflater = own.inflater;
        int end = from + count;
        int next = from;
        while (next < end && work != null) {
            if (inflater.finished()) {
                inflater.reset(); // the sender began anew: it cannot refer to what was before
            }
            inflater.setInput(bytes, next, end - next);
            inflateInput(own, sink);
            next = end - inflater.getRemaining();
        }
    }

    private void inflateInput(Work own, Sink sink) {
        int count;
        do {
            count = inflateChunk(own);
            if (count > 0) {
                if (history != null) {
                    history.append(own.output, 0, count);
                }
                deliver(own, count, sink);
            }
        } while (count == own.output.length && work != null);
    }

    private void deliver(Work own, int count, Sink sink) {
        delivering = true;
        try {
            sink.accept(own.output, 0, count);
        } finally {
            delivering = false;
            if (work == null) {
                giveBack(own); // the sink has closed this
            }
        }
    }

    private static int inflateChunk(Work work) {
        try {
            return work.inflater.inflate(work.output);
        } catch (DataFormatException broken) {
            throw invalid("Compressed message that is not DEFLATE data (expected: RFC 1951)");
        }
    }

    private void finish() {
        if (work != null && !work.inflater.finished() && !endsWell(work)) {
            throw invalid("Compressed message that ends inside a block (expected: an empty one at its end)");
        }
        close();
    }

    private static boolean endsWell(Work work) {
        Inflater inflater = work.inflater;
        inflater.setInput(END);
        try {
            return inflater.inflate(work.output) == 0 && inflater.finished() && inflater.getRemaining() == 0;
        } catch (DataFormatException inside) {
            return false; // these bytes are good between two blocks only
        }
    }

    private static FrameException invalid(String reason) {
        return new FrameException(CloseCode.INVALID_PAYLOAD, reason);
    }
}
