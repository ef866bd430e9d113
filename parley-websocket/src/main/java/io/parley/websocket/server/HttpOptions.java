package io.parley.websocket.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a server was built with. Each is documented where it is set, in {@link HttpServer.Builder}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param eventLoops 0 for one a core
 * @param tls null when connections are plain
 * @param files null when no files are served
 */
record HttpOptions(
        ListenAddress address,
        @Nullable TlsOptions tls,
        int backlog,
        int eventLoops,
        boolean nativeTransport,
        Executor handlerExecutor,
        @Nullable StaticFiles files,
        int maxUriBytes,
        int maxHeaderBytes,
        int maxPipelinedRequests,
        int maxSkippedBodyBytes,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration closeTimeout) {}
