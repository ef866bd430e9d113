package io.parley.webtransport;

import io.parley.websocket.server.TlsOptions;
import java.time.Duration;

/** What a server was built with, see {@link WebTransportServer.Builder}. */
record ServerOptions(
        String host,
        int port,
        TlsOptions tls,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxStreams,
        int maxHeaderBytes,
        int initialMaxData,
        int initialMaxStreamData,
        Duration idleTimeout,
        Duration closeTimeout) {}
