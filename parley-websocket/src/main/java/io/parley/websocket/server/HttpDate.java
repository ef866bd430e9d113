package io.parley.websocket.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Points in time as HTTP writes them, to the second (RFC 9110 section 5.6.7).
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class HttpDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static volatile Second last = new Second(0, format(Instant.EPOCH));

    private HttpDate() {}

    private record Second(long epoch, String text) {}

    /** The time now, for the {@code Date} of an answer: formatted once a second. */
    static String now() {
        long now = System.currentTimeMillis() / 1000;
        Second known = last;
        if (known.epoch != now) {
            known = new Second(now, format(Instant.ofEpochSecond(now)));
            last = known;
        }
        return known.text;
    }

    static String format(Instant time) {
        return FORMAT.format(time);
    }

    /** The time that was written; empty when it is none, or in one of the two obsolete forms. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FORMAT.parse(text)));
        } catch (DateTimeException expected) { // a condition that cannot be read does not apply
            return Optional.empty();
        }
    }
}
