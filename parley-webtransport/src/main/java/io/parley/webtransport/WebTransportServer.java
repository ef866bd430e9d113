package io.parley.webtransport;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.server.EngineServer;
import io.parley.websocket.server.TlsOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries Engine.IO sessions over WebTransport: HTTP/3 on a UDP port, always with TLS. A browser finds it under the host
 * and the port of its page, so it usually listens on the number that the HTTPS server has for TCP, and lives beside it:
 *
 * <pre>{@code
 * var webTransport = WebTransportServer.builder().port(443).tls(tls).build()
 *         .mount("/socket.io/", io.engine())
 *         .start();
 * http.onClosing(webTransport::close);
 * }</pre>
 *
 * <p>{@link io.parley.engineio.server.EngineOptions#transports} of the engine has to name WebTransport.
 *
 * <p>A QUIC connection carries one session, as browsers open them. The session has one bidirectional stream in use, the
 * first that the client opens; others are refused, datagrams are dropped. Everything is served by one event loop.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class WebTransportServer implements AutoCloseable {

    private final ServerOptions options;
    private final Routes routes = new Routes();
    private final Lifecycle lifecycle;

    private WebTransportServer(ServerOptions options) {
        this.options = options;
        lifecycle = new Lifecycle(options, routes);
    }

    /** A builder; it needs {@link Builder#tls}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives every session whose raw path begins with {@code prefix} to an engine.
     *
     * @param prefix begins with a slash, for example {@code /socket.io/}; the longest one that matches wins
     * @return this server
     * @throws IllegalArgumentException if the prefix does not begin with a slash, or the engine does not serve
     *     WebTransport, or its heartbeat is so slow that {@link Builder#idleTimeout} would end a session that is well
     * @throws IllegalStateException if that prefix is mounted already
     */
    public WebTransportServer mount(String prefix, EngineServer engine) {
        requireNonNull(prefix, "prefix");
        MountChecks.check(requireNonNull(engine, "engine").options(), options);
        routes.mount(prefix, engine);
        return this;
    }

    /**
     * Opens the port. The server listens when this returns.
     *
     * @return this server
     * @throws java.io.UncheckedIOException if it cannot listen: the message says where, why, and what to do
     * @throws IllegalArgumentException if the files of {@link Builder#tls} cannot be used any more
     * @throws IllegalStateException if it was started or closed before, or there is no QUIC library for this machine: the
     *     message says which artifact to add
     */
    public WebTransportServer start() {
        lifecycle.start();
        return this;
    }

    /**
     * The UDP port it listens on.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public int port() {
        return lifecycle.port();
    }

    /**
     * Reads the files of {@link Builder#tls} again: connections from now on get the new certificate, those that are
     * open go on with theirs. To be called on a thread that may block.
     *
     * @throws IllegalArgumentException if they cannot be used: the message says which, why, and what was expected.
     *     Then the certificate from before goes on
     * @throws IllegalStateException before {@link #start}
     */
    public void reloadTls() {
        lifecycle.reloadTls();
    }

    /** What it has seen since it was started. */
    public WebTransportFigures figures() {
        return lifecycle.figures();
    }

    /**
     * Stops: takes no new connections, tells clients that it goes (HTTP/3's {@code GOAWAY}), closes the sessions that
     * the engines have not closed by then, when what was sent in them has left, and waits for clients to close their
     * connections. Returns when they have, at the latest after {@link Builder#closeTimeout}, when the rest is cut. Does
     * nothing when it is closed already.
     *
     * @throws IllegalStateException if called on its event loop, which would wait for itself
     */
    @Override
    public void close() {
        lifecycle.close();
    }

    /** Makes a server. Every limit has a default that fits a server on the open network. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private @Nullable TlsOptions tls; // null until set
        private int maxConnections = 10_000;
        private int maxConnectionsPerAddress = Integer.MAX_VALUE;
        private int maxStreams = 16;
        private int maxHeaderBytes = 16 * 1024;
        private int initialMaxData = 1024 * 1024;
        private int initialMaxStreamData = 512 * 1024;
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /** Sets the address to listen on: {@code 127.0.0.1} unless set, {@code 0.0.0.0} for all networks. */
        public Builder host(String address) {
            host = requireNonNull(address, "address");
            return this;
        }

        /** Sets the UDP port, 0 to 65535; 0, the default, takes any free one, see {@link WebTransportServer#port}. */
        public Builder port(int number) {
            port = range("port", number, 0, 65_535);
            return this;
        }

        /**
         * Sets the certificate, as for an HTTPS server; there is no default. Of its limits,
         * {@link TlsOptions.Builder#handshakeTimeout} is the time from a client's first packet to its session, and
         * {@link TlsOptions.Builder#maxHandshakes} how many connections may be on that way at a time. Clients cannot be
         * asked for certificates.
         *
         * @throws IllegalArgumentException if the options ask clients for certificates
         */
        public Builder tls(TlsOptions options) {
            if (requireNonNull(options, "options").clientCertificates() != TlsOptions.ClientCertificates.NONE) {
                throw new IllegalArgumentException("tls: clientCertificates " + options.clientCertificates()
                        + " (expected: NONE; browsers show none over WebTransport)");
            }
            tls = options;
            return this;
        }

        /** Sets how many QUIC connections there may be at a time, 1 or more; 10,000 unless set. Further ones are closed. */
        public Builder maxConnections(int connections) {
            maxConnections = range("maxConnections", connections, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many connections one address may have at a time, 1 or more; no limit of its own unless set. An IPv6
         * address counts as its network of 64 bits. Further ones are closed.
         */
        public Builder maxConnectionsPerAddress(int connections) {
            maxConnectionsPerAddress = range("maxConnectionsPerAddress", connections, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many bidirectional streams a client may have open at a time, 2 or more: one is the request, one is in
         * use; 16 unless set. A client that opens more breaks QUIC, which ends the connection.
         */
        public Builder maxStreams(int streams) {
            maxStreams = range("maxStreams", streams, 2, 65_535);
            return this;
        }

        /**
         * Sets the size of the header fields of a request in bytes, 1 or more; 16 KiB unless set. A request with more,
         * or with more than as much again in capsules, ends the connection.
         */
        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = range("maxHeaderBytes", bytes, 1, 1 << 24);
            return this;
        }

        /**
         * Sets how many bytes of a connection may arrive ahead of being read, at the start (QUIC's
         * {@code initial_max_data}); 1 MiB unless set. It grows, up to 24 MiB, while they are read as fast as they come.
         *
         * @param bytes 64 KiB or more
         */
        public Builder initialMaxData(int bytes) {
            initialMaxData = range("initialMaxData", bytes, 64 * 1024, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many bytes of a stream may arrive ahead of being read, at the start (QUIC's
         * {@code initial_max_stream_data_bidi_remote}); 512 KiB unless set. It grows, up to 16 MiB, while they are read
         * as fast as they come.
         *
         * @param bytes 16 KiB or more
         */
        public Builder initialMaxStreamData(int bytes) {
            initialMaxStreamData = range("initialMaxStreamData", bytes, 16 * 1024, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how long a connection may be silent, 1 ms or more; 60 s unless set. Then it is forgotten. The engine's
         * heartbeat has to be quicker.
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = timeout("idleTimeout", timeout);
            return this;
        }

        /**
         * Sets how long the end of a session may take, 1 ms or more; 5 s unless set: for what was sent to leave, and
         * then for the client to close the connection. {@link WebTransportServer#close} waits as long for all of them.
         */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout("closeTimeout", timeout);
            return this;
        }

        /**
         * The server, not started yet.
         *
         * @throws IllegalStateException without {@link #tls}
         */
        public WebTransportServer build() {
            TlsOptions given = Optional.ofNullable(tls)
                    .orElseThrow(() -> new IllegalStateException(
                            "WebTransport without a certificate (expected: tls, which HTTP/3 cannot do without)"));
            return new WebTransportServer(new ServerOptions(
                    host,
                    port,
                    given,
                    maxConnections,
                    maxConnectionsPerAddress,
                    maxStreams,
                    maxHeaderBytes,
                    initialMaxData,
                    initialMaxStreamData,
                    idleTimeout,
                    closeTimeout));
        }

        private static int range(String name, int value, int from, int to) {
            if (value < from || value > to) {
                String expected = to == Integer.MAX_VALUE ? from + " or more" : from + " to " + to;
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
            }
            return value;
        }

        private static Duration timeout(String name, Duration timeout) {
            if (requireNonNull(timeout, "timeout").toMillis() < 1) {
                throw new IllegalArgumentException(name + ": " + timeout + " (expected: 1 ms or more)");
            }
            return timeout;
        }
    }
}
