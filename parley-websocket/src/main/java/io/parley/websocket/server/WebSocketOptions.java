package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a WebSocket endpoint serves, see {@link HttpServer#webSocket}.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class WebSocketOptions {

    private static final WebSocketOptions DEFAULTS = builder().build();

    private final Set<String> allowedOrigins;
    private final int maxUnhandledBytes;
    private final WebSocketUpgrade upgrade;

    private WebSocketOptions(Builder builder) {
        allowedOrigins = builder.allowedOrigins;
        maxUnhandledBytes = builder.maxUnhandledBytes;
        upgrade = new WebSocketUpgrade(
                builder.subprotocols,
                HttpHeaders.empty(),
                builder.maxMessageBytes,
                builder.maxBufferedBytes,
                builder.closeTimeout);
    }

    /** Every option at its default. */
    public static WebSocketOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    int maxUnhandledBytes() {
        return maxUnhandledBytes;
    }

    WebSocketUpgrade upgrade() {
        return upgrade;
    }

    /** Collects options. A wrong value fails in its setter. */
    public static final class Builder {

        static final String ANY_ORIGIN = "*";

        private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s]+");

        private Set<String> allowedOrigins = Set.of();
        private List<String> subprotocols = List.of();
        private int maxMessageBytes = 1024 * 1024;
        private int maxBufferedBytes = 16 * 1024 * 1024;
        private int maxUnhandledBytes = 1024 * 1024;
        private Duration closeTimeout = WebSocketUpgrade.DEFAULT_CLOSE_TIMEOUT;

        private Builder() {}

        /**
         * Sets which web pages of other origins may connect, beyond those of the server's own host and those clients
         * that are no browser and send no {@code Origin}; none unless set (RFC 6455 section 10.2).
         *
         * @param origins as browsers write them, for example {@code "https://app.example"}; {@code "*"} for all
         * @throws IllegalArgumentException if one is not an origin
         */
        public Builder allowedOrigins(String... origins) {
            allowedOrigins = Arrays.stream(origins).map(Builder::checkedOrigin).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * Sets the subprotocols that the endpoint speaks, the one it prefers first; none unless set. The first that the
         * client offers too is taken; when there is none, none is (RFC 6455 section 4.2.2).
         *
         * @throws IllegalArgumentException if one is not a token
         */
        public Builder subprotocols(String... protocols) {
            for (String protocol : protocols) {
                if (!HttpSyntax.isToken(protocol)) {
                    throw new IllegalArgumentException(
                            "subprotocols: " + protocol + " (expected: a token, such as chat.v1)");
                }
            }
            subprotocols = List.of(protocols);
            return this;
        }

        /** Sets the longest message to take in bytes, 1 or more; 1 MiB unless set. A longer one closes with 1009. */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = atLeastOne("maxMessageBytes", bytes);
            return this;
        }

        /**
         * Sets how much may wait to be sent to one client in bytes, 1 or more; 16 MiB unless set. A client that reads
         * too slowly for it is cut off.
         */
        public Builder maxBufferedBytes(int bytes) {
            maxBufferedBytes = atLeastOne("maxBufferedBytes", bytes);
            return this;
        }

        /**
         * Sets how much may wait for the handlers of one socket in bytes, 1 or more; 1 MiB unless set. Beyond it
         * nothing is read from that client until they have caught up with half of it.
         */
        public Builder maxUnhandledBytes(int bytes) {
            maxUnhandledBytes = atLeastOne("maxUnhandledBytes", bytes);
            return this;
        }

        /** Sets how long a closing handshake may take, 1 ms or more; 10 s unless set. Then the connection is cut. */
        public Builder closeTimeout(Duration timeout) {
            requireNonNull(timeout, "timeout");
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException("closeTimeout: " + timeout + " (expected: 1 ms or more)");
            }
            closeTimeout = timeout;
            return this;
        }

        /** The options. */
        public WebSocketOptions build() {
            return new WebSocketOptions(this);
        }

        private static String checkedOrigin(String origin) {
            String compared = origin.toLowerCase(Locale.ROOT);
            if (!origin.equals(ANY_ORIGIN) && !ORIGIN.matcher(compared).matches()) {
                throw new IllegalArgumentException("allowedOrigins: " + origin
                        + " (expected: scheme, host and port without a path, such as https://app.example, or *)");
            }
            return compared;
        }

        private static int atLeastOne(String name, int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(name + ": " + bytes + " (expected: 1 or more)");
            }
            return bytes;
        }
    }
}
