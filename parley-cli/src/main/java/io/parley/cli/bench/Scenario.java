package io.parley.cli.bench;

import java.util.Locale;

/** What the clients of a bench do. */
public enum Scenario {
    /** They connect and leave, and others come. */
    CONNECT("connections"),
    /** They connect, and stay without a word. */
    IDLE("operations"),
    /** They send, and get it back. */
    ECHO("answers"),
    /** They send events, which are acknowledged. */
    ACK("acknowledgements"),
    /** Some send, and all get it. */
    BROADCAST("deliveries");

    private final String operations;

    Scenario(String operations) {
        this.operations = operations;
    }

    /** What an operation is. */
    String operations() {
        return operations;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
