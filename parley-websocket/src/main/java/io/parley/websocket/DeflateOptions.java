package io.parley.websocket;

/**
 * How messages are compressed (permessage-deflate, RFC 7692). The same options serve both ends: a server chooses with
 * them from what a client offers, a client makes its offer of them.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class DeflateOptions {

    private static final DeflateOptions DEFAULTS = builder().build();

    private final int threshold;
    private final int level;
    private final boolean serverNoContextTakeover;
    private final boolean clientNoContextTakeover;
    private final int serverMaxWindowBits;
    private final int clientMaxWindowBits;

    private DeflateOptions(Builder builder) {
        threshold = builder.threshold;
        level = builder.level;
        serverNoContextTakeover = builder.serverNoContextTakeover;
        clientNoContextTakeover = builder.clientNoContextTakeover;
        serverMaxWindowBits = builder.serverMaxWindowBits;
        clientMaxWindowBits = builder.clientMaxWindowBits;
    }

    /** Every option at its default. */
    public static DeflateOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The length in bytes from which on a message is compressed. */
    public int threshold() {
        return threshold;
    }

    /** How hard to try, 1 (fast) to 9 (small). */
    public int level() {
        return level;
    }

    /** Whether the server forgets each message before the next one. */
    public boolean serverNoContextTakeover() {
        return serverNoContextTakeover;
    }

    /** Whether the client forgets each message before the next one. */
    public boolean clientNoContextTakeover() {
        return clientNoContextTakeover;
    }

    /** The window of what the server sends, as the logarithm of its bytes. */
    public int serverMaxWindowBits() {
        return serverMaxWindowBits;
    }

    /** The window of what the client sends, as the logarithm of its bytes. */
    public int clientMaxWindowBits() {
        return clientMaxWindowBits;
    }

    /** Collects options. A wrong value fails in its setter. */
    public static final class Builder {

        private int threshold = 1024;
        private int level = 4;
        private boolean serverNoContextTakeover;
        private boolean clientNoContextTakeover;
        private int serverMaxWindowBits = 15;
        private int clientMaxWindowBits = 15;

        private Builder() {}

        /** Sets the length in bytes from which on a message is compressed, 0 or more; 1024 unless set. */
        public Builder threshold(int bytes) {
            threshold = inRange("threshold", bytes, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets how hard to try, 1 (fast) to 9 (small); 4 unless set: half the time of 6, a tenth more bytes. */
        public Builder level(int level) {
            this.level = inRange("level", level, 1, 9);
            return this;
        }

        /**
         * Sets whether the server forgets each message before the next one (RFC 7692 section 7.1.1.1); off unless set.
         * It compresses less, and an idle connection holds no memory for it.
         */
        public Builder serverNoContextTakeover(boolean forget) {
            serverNoContextTakeover = forget;
            return this;
        }

        /** Sets whether the client forgets each message before the next one (RFC 7692 section 7.1.1.2); off unless set. */
        public Builder clientNoContextTakeover(boolean forget) {
            clientNoContextTakeover = forget;
            return this;
        }

        /** Sets the window of what the server sends, 8 to 15; 15 unless set (RFC 7692 section 7.1.2.1). */
        public Builder serverMaxWindowBits(int bits) {
            serverMaxWindowBits = inRange("serverMaxWindowBits", bits, 8, 15);
            return this;
        }

        /** Sets the window of what the client sends, 8 to 15; 15 unless set (RFC 7692 section 7.1.2.2). */
        public Builder clientMaxWindowBits(int bits) {
            clientMaxWindowBits = inRange("clientMaxWindowBits", bits, 8, 15);
            return this;
        }

        /** The options. */
        public DeflateOptions build() {
            return new DeflateOptions(this);
        }

        private static int inRange(String name, int value, int min, int max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + min
                        + (max == Integer.MAX_VALUE ? " or more)" : " to " + max + ")"));
            }
            return value;
        }
    }
}
