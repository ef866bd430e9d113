package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.HandlerThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server (RFC 9112): protocol engines mounted by prefix, handlers by method and path, WebSocket
 * endpoints and static files, on one port.
 *
 * <p>A request goes to the longest mounted prefix of its target; else to the handler of its method and path; else, when
 * it asks for a WebSocket, to the longest prefix mounted for those; else to the static files; else it is answered with
 * 404. A handler that throws is logged and answered with 500.
 *
 * <p>Pipelined requests are answered in the order in which they came. They are handed to their handlers in that order
 * too, without waiting for earlier answers, except that nothing overtakes a request whose method is not safe (RFC 9110
 * section 9.2.1): what follows a {@code POST} waits for its answer.
 *
 * <p><b>Threading.</b> Safe for any thread. Routes may be added while the server runs.
 */
public final class HttpServer implements AutoCloseable {

    private final Executor handlerExecutor;
    private final Router router;
    private final ServerLifecycle lifecycle;

    private HttpServer(HttpOptions options) {
        handlerExecutor = options.handlerExecutor();
        router = new Router(options.files(), handlerExecutor);
        lifecycle = new ServerLifecycle(options, router);
    }

    /** A server with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives every request whose raw target begins with {@code prefix} to a protocol engine, whatever its method.
     *
     * @param prefix begins with a slash, for example {@code /socket.io/}; the longest one that matches wins
     * @param handler called on the event loop of the connection, so it must not block
     * @return this server
     * @throws IllegalArgumentException if the prefix does not begin with a slash
     * @throws IllegalStateException if that prefix is mounted already
     */
    public HttpServer mount(String prefix, HttpHandler handler) {
        router.mount(prefix, requireNonNull(handler, "handler"));
        return this;
    }

    /**
     * Gives every request that asks for a WebSocket, whose raw target begins with {@code prefix} and that no path of its
     * own takes, to a handler. Other requests pass by: a page and the sockets that it opens may have the same path.
     *
     * @param prefix begins with a slash: {@code /} for WebSockets at every path; the longest one that matches wins
     * @param handler called on the event loop of the connection, so it must not block. Whether the request's
     *     {@code Origin} may connect is for it to decide
     * @return this server
     * @throws IllegalArgumentException if the prefix does not begin with a slash
     * @throws IllegalStateException if that prefix is mounted already
     */
    public HttpServer mountUpgrades(String prefix, HttpHandler handler) {
        router.mountUpgrades(prefix, requireNonNull(handler, "handler"));
        return this;
    }

    /**
     * Answers requests of one method and path. A handler for {@code GET} answers {@code HEAD} as well, without the
     * body; {@code OPTIONS} is answered with what is allowed, and any other method with 405.
     *
     * @param method in capitals, for example {@code GET}
     * @param path begins with a slash; compared with the raw path of the request, without its query
     * @param handler called on a handler thread, so it may block; handlers of one connection's pipelined requests may
     *     run at the same time
     * @return this server
     * @throws IllegalArgumentException if the method is not a token or the path does not begin with a slash
     * @throws IllegalStateException if there is a handler for them already
     */
    public HttpServer handle(String method, String path, HttpHandler handler) {
        router.handle(method, path, requireNonNull(handler, "handler"));
        return this;
    }

    /**
     * Opens WebSockets on a path, with every option at its default, for example
     * {@code webSocket("/echo", socket -> socket.onText(socket::send))}.
     *
     * @param path begins with a slash; compared with the raw path of the request, without its query
     * @param onOpen sets the handlers of a new socket; called on a handler thread, before any of them
     * @return this server
     * @throws IllegalArgumentException if the path does not begin with a slash
     * @throws IllegalStateException if there is a handler for it already
     */
    public HttpServer webSocket(String path, Consumer<ServerWebSocket> onOpen) {
        return webSocket(path, WebSocketOptions.defaults(), onOpen);
    }

    /** Opens WebSockets on a path as {@link #webSocket(String, Consumer)} does, with options. */
    public HttpServer webSocket(String path, WebSocketOptions options, Consumer<ServerWebSocket> onOpen) {
        requireNonNull(options, "options");
        requireNonNull(onOpen, "onOpen");
        handleOnLoop("GET", path, new WebSocketEndpoint(options, onOpen, handlerExecutor()));
        return this;
    }

    /**
     * Adds what {@link #close} runs first, before any connection is closed: an engine ends its sessions here.
     *
     * @param hook called on the thread that closes the server; what it throws is logged
     * @return this server
     */
    public HttpServer onClosing(Runnable hook) {
        lifecycle.onClosing(requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * Opens the port. The server listens when this returns.
     *
     * @return this server
     * @throws java.io.UncheckedIOException if it cannot listen: the message says where, why, and what to do
     * @throws IllegalArgumentException if the files of {@link Builder#tls} cannot be used any more
     * @throws IllegalStateException if it was started or closed before
     */
    public HttpServer start() {
        lifecycle.start();
        return this;
    }

    /**
     * The port it listens on.
     *
     * @throws IllegalStateException before {@link #start}, and when it listens on a Unix domain socket
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
     * @throws IllegalStateException before {@link #start}, and without TLS
     */
    public void reloadTls() {
        lifecycle.reloadTls();
    }

    /** What it has seen since it was started. */
    public ServerFigures figures() {
        return lifecycle.figures();
    }

    /**
     * Stops: no new connections, then the hooks of {@link #onClosing}, then requests under way are answered and
     * WebSockets closed with 1001. Returns when all connections are closed, at the latest after
     * {@link Builder#closeTimeout}, and its threads are gone. Does nothing when it is closed already.
     *
     * @throws IllegalStateException if called on one of its event loops, which would wait for itself
     */
    @Override
    public void close() {
        lifecycle.close();
    }

    /** Makes an exact path that is served on the event loop: a WebSocket endpoint. */
    void handleOnLoop(String method, String path, HttpHandler handler) {
        router.handleOnLoop(method, path, handler);
    }

    /** The threads that handlers run on. */
    Executor handlerExecutor() {
        return handlerExecutor;
    }

    /** Makes a server. Every limit has a default that fits a server on the open network. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private @Nullable UnixSocket unixSocket; // null unless set
        private @Nullable TlsOptions tls; // null unless set
        private int backlog = 1024;
        private int eventLoops;
        private boolean nativeTransport = true;
        private Executor handlerExecutor = HandlerThreads.shared();
        private @Nullable StaticFiles files; // null unless set
        private int maxUriBytes = 8 * 1024;
        private int maxHeaderBytes = 16 * 1024;
        private int maxPipelinedRequests = 16;
        private int maxSkippedBodyBytes = 256 * 1024;
        private int maxConnections = 100_000;
        private int maxConnectionsPerAddress = Integer.MAX_VALUE;
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /** Sets the address to listen on: {@code 127.0.0.1} unless set, {@code 0.0.0.0} for all networks. */
        public Builder host(String host) {
            this.host = requireNonNull(host, "host");
            return this;
        }

        /** Sets the port, 0 to 65535; 0, the default, takes any free one, see {@link HttpServer#port}. */
        public Builder port(int port) {
            this.port = Limits.range("port", port, 0, 65_535);
            return this;
        }

        /**
         * Listens on a Unix domain socket in place of a port, with the permissions that the system gives it.
         *
         * @param path of the socket, at most 103 bytes. What a server that died has left there is replaced, and the
         *     socket is removed by {@link HttpServer#close}; anything else that is there fails the start
         */
        public Builder unixSocket(Path path) {
            unixSocket = new UnixSocket(requireNonNull(path, "path"), null);
            return this;
        }

        /**
         * Listens on a Unix domain socket in place of a port.
         *
         * @param permissions who may connect, as {@code ls} shows it, for example {@code rw-rw----}; nobody else can,
         *     not even while the server starts
         */
        public Builder unixSocket(Path path, String permissions) {
            unixSocket = new UnixSocket(requireNonNull(path, "path"), UnixSocket.permissions(permissions));
            return this;
        }

        /** Speaks TLS: {@code https://} and {@code wss://}; plain unless set. */
        public Builder tls(TlsOptions options) {
            tls = requireNonNull(options, "options");
            return this;
        }

        /** Sets how many connections the system queues until they are accepted, 1 or more; 1024 unless set. */
        public Builder backlog(int connections) {
            backlog = Limits.range("backlog", connections, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets the number of event loops, 1 to 1024; one a core unless set. */
        public Builder eventLoops(int loops) {
            eventLoops = Limits.range("eventLoops", loops, 1, 1024);
            return this;
        }

        /** Sets whether epoll is used where the system has it, as it is unless set; Java NIO otherwise. */
        public Builder nativeTransport(boolean use) {
            nativeTransport = use;
            return this;
        }

        /** Sets what runs handlers; {@link HandlerThreads#shared} unless set. */
        public Builder handlerExecutor(Executor executor) {
            handlerExecutor = requireNonNull(executor, "executor");
            return this;
        }

        /** Serves the files of a folder, see {@link StaticFiles#fromFolder}. */
        public Builder files(Path folder) {
            return files(StaticFiles.fromFolder(folder));
        }

        /** Serves files for the requests that nothing else takes. */
        public Builder files(StaticFiles files) {
            this.files = requireNonNull(files, "files");
            return this;
        }

        /** Sets the longest request target in bytes, 1 or more; 8 KiB unless set. Beyond it: 414. */
        public Builder maxUriBytes(int bytes) {
            maxUriBytes = Limits.range("maxUriBytes", bytes, 1, 1 << 20);
            return this;
        }

        /** Sets the size of all header fields of a request in bytes, 1 or more; 16 KiB unless set. Beyond it: 431. */
        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = Limits.range("maxHeaderBytes", bytes, 1, 1 << 24);
            return this;
        }

        /**
         * Sets how many pipelined requests of one connection may wait for their answers, 1 or more; 16 unless set.
         * Beyond it the connection is not read.
         */
        public Builder maxPipelinedRequests(int requests) {
            maxPipelinedRequests = Limits.range("maxPipelinedRequests", requests, 1, 1 << 16);
            return this;
        }

        /**
         * Sets how much of a body that nobody reads is skipped to keep the connection, in bytes, 0 or more; 256 KiB
         * unless set. Beyond it the connection is closed after the answer.
         */
        public Builder maxSkippedBodyBytes(int bytes) {
            maxSkippedBodyBytes = Limits.range("maxSkippedBodyBytes", bytes, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many connections are served at a time, WebSockets included, 1 or more; 100,000 unless set. Further
         * ones are answered with 503 and closed; on a port with TLS they are just closed.
         */
        public Builder maxConnections(int connections) {
            maxConnections = Limits.range("maxConnections", connections, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many connections one address may have at a time, 1 or more; no limit of its own unless set, because
         * all who come through one proxy have its address. An IPv6 address counts as its network of 64 bits. Further
         * ones are answered with 503 and closed; on a port with TLS they are just closed.
         */
        public Builder maxConnectionsPerAddress(int connections) {
            maxConnectionsPerAddress = Limits.range("maxConnectionsPerAddress", connections, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how long a connection may be silent between two requests, or take nothing of an answer; 60 s unless
         * set. Then it is closed.
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = Limits.timeout("idleTimeout", timeout);
            return this;
        }

        /**
         * Sets how long the head of a request may take from its first byte to its last, and then its body as long
         * again; 30 s unless set. Beyond it: 408, and the connection is closed.
         */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = Limits.timeout("requestTimeout", timeout);
            return this;
        }

        /** Sets how long {@link HttpServer#close} waits for answers and closing handshakes; 5 s unless set. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = Limits.timeout("closeTimeout", timeout);
            return this;
        }

        /** The server, not started yet. */
        public HttpServer build() {
            return new HttpServer(new HttpOptions(
                    unixSocket == null ? new PortAddress(host, port) : unixSocket,
                    tls,
                    backlog,
                    eventLoops,
                    nativeTransport,
                    handlerExecutor,
                    files,
                    maxUriBytes,
                    maxHeaderBytes,
                    maxPipelinedRequests,
                    maxSkippedBodyBytes,
                    maxConnections,
                    maxConnectionsPerAddress,
                    idleTimeout,
                    requestTimeout,
                    closeTimeout));
        }
    }
}
