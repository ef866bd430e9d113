package io.parley.socketio.server;

/**
 * Measures texts that came in: in bytes of UTF-8 once somebody limits bytes by a rate, in characters until then, which
 * costs nothing and is the same for most.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class TextSize {

    private volatile boolean exact;

    /** There are these limits somewhere from now on. */
    void onLimits(RateLimits limits) {
        if (limits.bytes().isPresent()) {
            exact = true;
        }
    }

    int of(String text) {
        return exact ? bytes(text) : text.length();
    }

    /** The length in UTF-8. A surrogate without its other half cannot come: the text was UTF-8. */
    static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2; // a pair is 4 bytes
            }
        }
        return bytes;
    }
}
