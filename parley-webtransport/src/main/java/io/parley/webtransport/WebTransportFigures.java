package io.parley.webtransport;

/**
 * What a server has seen since it was started, see {@link WebTransportServer#figures}. Counted while connections come
 * and go, so figures that were changed a moment ago may not agree with each other to the last one.
 *
 * @param connectionsOpen QUIC connections now
 * @param connectionsAccepted QUIC connections that came, those refused included
 * @param refusedConnections connections beyond a limit: of all, of one address, or of handshakes under way
 * @param lateHandshakes connections closed because they had no session in time
 * @param sessionsOpen WebTransport sessions now
 * @param sessionsOpened WebTransport sessions that were accepted
 * @param refusedSessions requests that were refused, whatever they asked for
 * @param refusedStreams streams that no session had a use for
 */
public record WebTransportFigures(
        long connectionsOpen,
        long connectionsAccepted,
        long refusedConnections,
        long lateHandshakes,
        long sessionsOpen,
        long sessionsOpened,
        long refusedSessions,
        long refusedStreams) {}
