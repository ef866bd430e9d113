package io.parley.websocket.frame;

import java.util.zip.Inflater;

/**
 * The last bytes of what came before, to which a compressed message may refer: all that a context is, when nothing is
 * under way (RFC 7692 section 7.2.3.2). It grows with what came, up to the window.
 *
 * <p><b>Threading.</b> Confined to its inflater.
 */
final class History {

    private static final byte[] NOTHING = {};
    private static final int MIN_CAPACITY = 512;

    private final int window;
    private byte[] ring = NOTHING; // turns only when it has the size of the window
    private int next;
    private int length;

    /** @param window the most bytes to remember, a power of two */
    History(int window) {
        this.window = window;
    }

    /** Remembers these bytes too. */
    void append(byte[] bytes, int from, int count) {
        int skipped = Math.max(0, count - window);
        int kept = count - skipped;
        makeRoom((int) Math.min(window, (long) length + kept));
        int untilEnd = Math.min(kept, ring.length - next);
        System.arraycopy(bytes, from + skipped, ring, next, untilEnd);
        System.arraycopy(bytes, from + skipped + untilEnd, ring, 0, kept - untilEnd);
        length = Math.min(ring.length, length + kept);
        next = (next + kept) & (ring.length - 1);
    }

    /** Lets an inflater that has been reset refer to it. */
    void recall(Inflater inflater) {
        if (length < ring.length) {
            inflater.setDictionary(ring, 0, length);
        } else if (length > 0) {
            inflater.setDictionary(ring, next, length - next);
            inflater.setDictionary(ring, 0, next);
        }
    }

    private void makeRoom(int needed) {
        if (needed > ring.length) {
            int capacity = Math.min(window, Math.max(MIN_CAPACITY, Integer.highestOneBit(needed - 1) << 1));
            byte[] larger = new byte[capacity];
            System.arraycopy(ring, 0, larger, 0, length);
            ring = larger;
            next = length;
        }
    }
}
