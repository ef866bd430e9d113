package io.parley.bench.hostile;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the attackers do, without end. */
public enum Attack {
    /** Nothing. */
    NONE("nothing"),
    /** Connections that begin a handshake in one of ten ways and go no further, 2,000 a second. */
    HALF_OPEN("2,000 handshakes a second that stop half way"),
    /** Connections that come and go, as fast as two can. */
    CHURN("clients that join and leave, two at a time, without a pause"),
    /** Twenty clients that send events as fast as they are taken. */
    FLOOD("20 clients that send events as fast as they are taken"),
    /** The same against a server with a rate limit. */
    FLOOD_LIMITED("the same, with a limit of 200 events a second"),
    /** Polling clients whose POSTs are as full of events as may be. */
    FLOOD_POLLING("4 polling clients that post 80,000 events at a time"),
    /** Clients that read nothing of what they subscribed to. */
    SLOW_READERS("50 clients that read nothing of 1,000 kilobytes a second"),
    /** Clients that write frames byte by byte. */
    SLOW_WRITERS("200 clients that write frames byte by byte, 40,000 bytes a second"),
    /** Clients that break the protocol. */
    MALFORMED("clients that join and break the protocol, two at a time, without a pause");

    private final String title;

    Attack(String title) {
        this.title = title;
    }

    /** What a report calls it. */
    String title() {
        return title;
    }

    /** Its name on a command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the server is told. */
    String[] serverArguments() {
        return this == FLOOD_LIMITED ? new String[] {HostileServer.LIMITED} : new String[0];
    }

    /**
     * The one with that key.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Attack of(String key) {
        return Arrays.stream(values())
                .filter(attack -> attack.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Attack " + key + " (expected: "
                        + Arrays.stream(values()).map(Attack::key).collect(Collectors.joining(", ")) + ")"));
    }
}
