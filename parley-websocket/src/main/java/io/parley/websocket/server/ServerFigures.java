package io.parley.websocket.server;

/**
 * What a server has seen since it was started, see {@link HttpServer#figures}. Counted while connections come and go, so
 * figures that were changed a moment ago may not agree with each other to the last one.
 *
 * @param connectionsOpen connections now, WebSockets and those about to be refused included
 * @param connectionsAccepted connections that came, those refused included
 * @param refusedByTotal connections beyond {@link HttpServer.Builder#maxConnections}
 * @param refusedByAddress connections beyond {@link HttpServer.Builder#maxConnectionsPerAddress}
 * @param handshakesOpen TLS handshakes under way now
 * @param refusedHandshakes connections beyond {@link TlsOptions.Builder#maxHandshakes}
 * @param failedHandshakes TLS handshakes that failed, or took too long
 * @param webSocketsOpen WebSockets whose network connection is open now
 * @param webSocketsOpened WebSockets that were opened
 * @param slowReadersCut WebSockets cut because more than {@code maxBufferedBytes} waited to be sent
 */
public record ServerFigures(
        long connectionsOpen,
        long connectionsAccepted,
        long refusedByTotal,
        long refusedByAddress,
        long handshakesOpen,
        long refusedHandshakes,
        long failedHandshakes,
        long webSocketsOpen,
        long webSocketsOpened,
        long slowReadersCut) {}
