package io.parley.socketio.adapter;

/**
 * Makes offsets as the official in-memory adapter does: the time in base 64, and a number for those of the same
 * millisecond. No two are the same, even if the clock goes back.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
final class OffsetIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

    private long lastMillis = -1;
    private String lastText = "";
    private int more; // made in the same millisecond after the first

    synchronized String next(long millis) {
        if (millis > lastMillis) {
            lastMillis = millis;
            lastText = base64(millis);
            more = 0;
            return lastText;
        }
        return lastText + "." + base64(more++);
    }

    private static String base64(long number) {
        StringBuilder digits = new StringBuilder(7);
        for (long rest = number; rest > 0 || digits.isEmpty(); rest /= 64) {
            digits.insert(0, DIGITS.charAt((int) (rest % 64)));
        }
        return digits.toString();
    }
}
