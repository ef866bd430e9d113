package io.parley.load;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server to load, and how its clients come to it.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Target {

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(20);
    private static final String ROOT = "/";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Builder made;

    private Target(Builder builder) {
        made = builder;
    }

    /**
     * A target with the defaults: see {@link #builder}.
     *
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static Target of(String url) {
        return builder(url).build();
    }

    /**
     * A target for {@code ws://} and {@code wss://}, raw WebSocket unless another {@link Builder#wire} is set, or for
     * {@code http://} and {@code https://}, Socket.IO over WebSocket unless another is set. The path is that of the
     * WebSocket, or the namespace of Socket.IO, as in the official client.
     *
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static Builder builder(String url) {
        return new Builder(requireNonNull(url, "url"));
    }

    /** A copy to change. */
    public Builder toBuilder() {
        return new Builder(made);
    }

    /** The host to connect to: a name or an address, without brackets. */
    public String host() {
        String host = made.uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port to connect to. */
    public int port() {
        int port = made.uri.getPort();
        return port >= 0 ? port : isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What clients speak. */
    public Wire wire() {
        return made.wire;
    }

    /** The namespace of Socket.IO; {@code /} unless the URL or the builder says otherwise. */
    public String namespace() {
        return made.namespace;
    }

    boolean isSecure() {
        return made.uri.getScheme().equals("wss") || made.uri.getScheme().equals("https");
    }

    /** What stands in the Host header. */
    String authority() {
        return made.uri.getHost() + ":" + port();
    }

    /** The path and query of a raw WebSocket. */
    String webSocketTarget() {
        String query = made.uri.getRawQuery();
        return (made.uri.getRawPath().isEmpty() ? ROOT : made.uri.getRawPath()) + (query == null ? "" : "?" + query);
    }

    /** The path of Engine.IO, with the query of the URL and all but the transport and the session. */
    String engineTarget() {
        String query = made.uri.getRawQuery();
        return made.path + "?EIO=4" + (query == null ? "" : "&" + query);
    }

    /** The JSON that a client shows on CONNECT; empty for none. */
    String auth() {
        return made.auth;
    }

    Map<String, String> headers() {
        return made.headers;
    }

    boolean deflate() {
        return made.deflate;
    }

    int connecting() {
        return made.connecting;
    }

    Duration connectTimeout() {
        return made.connectTimeout;
    }

    Duration stallTimeout() {
        return made.stallTimeout;
    }

    boolean ignoresOthers() {
        return made.ignoreOthers;
    }

    boolean insecure() {
        return made.insecure;
    }

    @Nullable
    Path trust() {
        return made.trust;
    }

    @Override
    public String toString() {
        return made.uri.toString();
    }

    /** Options of a target, each with a default. */
    public static final class Builder {

        private final URI uri;
        private Wire wire;
        private String namespace;
        private String path = "/socket.io/";
        private String auth = "";
        private Map<String, String> headers = Map.of();
        private boolean deflate;
        private int connecting = Limits.DEFAULT_CONNECTING;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration stallTimeout = DEFAULT_STALL_TIMEOUT;
        private boolean ignoreOthers;
        private boolean insecure;
        private @Nullable Path trust; // null for what Java trusts

        private Builder(String url) {
            uri = parse(url);
            wire = uri.getScheme().startsWith("ws") ? Wire.WEBSOCKET : Wire.SOCKETIO_WEBSOCKET;
            namespace = uri.getRawPath().isEmpty() ? ROOT : uri.getRawPath();
        }

        private Builder(Builder other) {
            uri = other.uri;
            wire = other.wire;
            namespace = other.namespace;
            path = other.path;
            auth = other.auth;
            headers = other.headers;
            deflate = other.deflate;
            connecting = other.connecting;
            connectTimeout = other.connectTimeout;
            stallTimeout = other.stallTimeout;
            ignoreOthers = other.ignoreOthers;
            insecure = other.insecure;
            trust = other.trust;
        }

        private static URI parse(String url) {
            try {
                URI uri = new URI(url);
                String scheme = String.valueOf(uri.getScheme());
                if (!scheme.matches("wss?|https?") || uri.getHost() == null) {
                    throw new IllegalArgumentException(
                            "URL " + Shown.text(url) + " (expected: ws://, wss://, http:// or https:// and a host)");
                }
                return uri;
            } catch (URISyntaxException wrong) {
                throw new IllegalArgumentException("URL " + Shown.text(url) + ": " + wrong.getReason(), wrong);
            }
        }

        /** Sets what clients speak. */
        public Builder wire(Wire spoken) {
            wire = requireNonNull(spoken, "spoken");
            return this;
        }

        /**
         * Sets the namespace of Socket.IO; the path of the URL unless set.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or has a comma
         */
        public Builder namespace(String name) {
            if (!requireNonNull(name, "name").startsWith(ROOT) || name.indexOf(',') >= 0) {
                throw new IllegalArgumentException(
                        "namespace: " + Shown.text(name) + " (expected: a slash first, and no comma)");
            }
            namespace = name;
            return this;
        }

        /**
         * Sets the path of Engine.IO; {@code /socket.io/} unless set.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or has a space or a query
         */
        public Builder path(String enginePath) {
            if (!requireNonNull(enginePath, "enginePath").matches("/[!-~&&[^?#]]*")) {
                throw new IllegalArgumentException(
                        "path: " + Shown.text(enginePath) + " (expected: a slash first, no space and no query)");
            }
            path = enginePath;
            return this;
        }

        /** Sets the JSON object that clients show on CONNECT; empty for none. */
        public Builder auth(String json) {
            auth = requireNonNull(json, "json");
            return this;
        }

        /**
         * Adds a field to the head of each HTTP request.
         *
         * @throws IllegalArgumentException if it would break the head
         */
        public Builder header(String name, String value) {
            if (!name.matches("[!-~&&[^:]]+") || !value.matches("[\\t -~]*")) {
                throw new IllegalArgumentException("header: " + Shown.text(name + ": " + value)
                        + " (expected: a name without a colon, a value, both of ASCII)");
            }
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            headers = more;
            return this;
        }

        /** Sets whether clients of a raw WebSocket offer compression, and want it; they do not unless set. */
        public Builder deflate(boolean wanted) {
            deflate = wanted;
            return this;
        }

        /**
         * Sets how many connections may be under way to be made at the same time.
         *
         * @param count 1 to {@link Limits#MAX_CONNECTING}; {@link Limits#DEFAULT_CONNECTING} unless set
         * @throws IllegalArgumentException if it is outside of that
         */
        public Builder connecting(int count) {
            connecting = Limits.check("connecting", count, 1, Limits.MAX_CONNECTING);
            return this;
        }

        /**
         * Sets how long one connection may take to be made.
         *
         * @param time 20 s unless set
         * @throws IllegalArgumentException if it is none, or longer than {@link Limits#MAX_DURATION}
         */
        public Builder connectTimeout(Duration time) {
            connectTimeout = Limits.check("connectTimeout", time);
            return this;
        }

        /**
         * Sets how long nothing may come while answers are missing.
         *
         * @param time 20 s unless set
         * @throws IllegalArgumentException if it is none, or longer than {@link Limits#MAX_DURATION}
         */
        public Builder stallTimeout(Duration time) {
            stallTimeout = Limits.check("stallTimeout", time);
            return this;
        }

        /** Sets whether events of other names than the one expected are counted and ignored; they are errors unless set. */
        public Builder ignoreOthers(boolean ignored) {
            ignoreOthers = ignored;
            return this;
        }

        /** Sets whether the server's certificate and name are trusted without a check; they are not unless set. */
        public Builder insecure(boolean trusted) {
            insecure = trusted;
            return this;
        }

        /** Trusts the certificates of this PEM file; what Java trusts unless set. */
        public Builder trust(Path pem) {
            trust = requireNonNull(pem, "pem");
            return this;
        }

        /**
         * The target.
         *
         * @throws IllegalArgumentException if compression is wanted of Socket.IO, which decides by itself
         */
        public Target build() {
            if (deflate && wire.isSocketIo()) {
                throw new IllegalArgumentException("deflate: true (expected: false for Socket.IO)");
            }
            return new Target(new Builder(this));
        }
    }
}
