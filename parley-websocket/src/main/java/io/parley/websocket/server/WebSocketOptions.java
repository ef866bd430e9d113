package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a WebSocket endpoint serves, see {@link HttpServer#webSocket}.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class WebSocketOptions {

    private static final WebSocketOptions DEFAULTS = builder().build();

    private final Set<String> allowedOrigins;
    private final OriginPolicy originPolicy;
    private final @Nullable SubprotocolChoice subprotocolChoice; // null unless set
    private final int maxUnhandledBytes;
    private final WebSocketUpgrade upgrade;

    private WebSocketOptions(Builder builder) {
        allowedOrigins = builder.allowedOrigins;
        originPolicy = builder.originPolicy;
        subprotocolChoice = builder.subprotocolChoice;
        maxUnhandledBytes = builder.maxUnhandledBytes;
        upgrade = new WebSocketUpgrade(builder.subprotocols, HttpHeaders.empty(), builder.connection);
    }

    /** Says which web pages may connect. */
    @FunctionalInterface
    public interface OriginPolicy {

        /**
         * Whether a page may connect.
         *
         * @param origin of the page, as its browser says it, in small letters
         */
        boolean isAllowed(String origin, HttpRequest request);
    }

    /** Says which subprotocol a client gets. */
    @FunctionalInterface
    public interface SubprotocolChoice {

        /**
         * Chooses.
         *
         * @param offered by the client, in its order of preference; may be empty
         * @return one of them, or empty for none
         */
        String choose(List<String> offered, HttpRequest request);
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

    OriginPolicy originPolicy() {
        return originPolicy;
    }

    @Nullable
    SubprotocolChoice subprotocolChoice() {
        return subprotocolChoice;
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

        private static final ConnectionOptions WATCHED =
                ConnectionOptions.builder().pingInterval(Duration.ofSeconds(30)).build();

        private Set<String> allowedOrigins = Set.of();
        private OriginPolicy originPolicy = (origin, request) -> false;
        private @Nullable SubprotocolChoice subprotocolChoice;
        private List<String> subprotocols = List.of();
        private int maxUnhandledBytes = 1024 * 1024;
        private ConnectionOptions connection = WATCHED;

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
         * Sets a function that says which pages of other origins may connect, beyond those of {@link #allowedOrigins};
         * none unless set.
         *
         * @param policy called on event loops, so it must not block; what it throws is answered with 500
         */
        public Builder originPolicy(OriginPolicy policy) {
            originPolicy = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets a function that chooses the subprotocol, in place of {@link #subprotocols}.
         *
         * @param choice called on event loops, so it must not block; what it throws, and a choice that was not offered,
         *     is answered with 500
         */
        public Builder subprotocol(SubprotocolChoice choice) {
            subprotocolChoice = requireNonNull(choice, "choice");
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

        /**
         * Sets the limits of a connection, its pings and how messages are compressed, all at once; unless set the
         * defaults, and a ping every 30 s.
         */
        public Builder connection(ConnectionOptions options) {
            connection = requireNonNull(options, "options");
            return this;
        }

        /** As {@link ConnectionOptions.Builder#maxMessageBytes}. */
        public Builder maxMessageBytes(int bytes) {
            return connection(connection.toBuilder().maxMessageBytes(bytes).build());
        }

        /** As {@link ConnectionOptions.Builder#maxFrameBytes}. */
        public Builder maxFrameBytes(int bytes) {
            return connection(connection.toBuilder().maxFrameBytes(bytes).build());
        }

        /** As {@link ConnectionOptions.Builder#maxBufferedBytes}. */
        public Builder maxBufferedBytes(int bytes) {
            return connection(connection.toBuilder().maxBufferedBytes(bytes).build());
        }

        /** As {@link ConnectionOptions.Builder#closeTimeout}. */
        public Builder closeTimeout(Duration timeout) {
            return connection(connection.toBuilder().closeTimeout(timeout).build());
        }

        /** As {@link ConnectionOptions.Builder#pingInterval}, but 30 s unless set. */
        public Builder pingInterval(Duration interval) {
            return connection(connection.toBuilder().pingInterval(interval).build());
        }

        /** As {@link ConnectionOptions.Builder#pongTimeout}. */
        public Builder pongTimeout(Duration timeout) {
            return connection(connection.toBuilder().pongTimeout(timeout).build());
        }

        /** As {@link ConnectionOptions.Builder#idleTimeout}. */
        public Builder idleTimeout(Duration timeout) {
            return connection(connection.toBuilder().idleTimeout(timeout).build());
        }

        /**
         * Sets whether messages are handed over while they arrive, of whatever length, to
         * {@link ServerWebSocket#onMessageStream}; off unless set. Then {@code onText} and {@code onBinary} hear nothing,
         * and of pongs that come in a hurry only the latest is heard.
         */
        public Builder streaming(boolean whileTheyArrive) {
            return connection(connection.toBuilder().streaming(whileTheyArrive).build());
        }

        /** As {@link ConnectionOptions.Builder#deflate}. */
        public Builder deflate(@Nullable DeflateOptions options) {
            return connection(connection.toBuilder().deflate(options).build());
        }

        /**
         * Sets how much may wait for the handlers of one socket in bytes, 1 or more; 1 MiB unless set. Beyond it
         * nothing is read from that client until they have caught up with half of it.
         */
        public Builder maxUnhandledBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxUnhandledBytes: " + bytes + " (expected: 1 or more)");
            }
            maxUnhandledBytes = bytes;
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
    }
}
