package io.parley.websocket;

/**
 * What went over one connection up to a moment, and what waits. Bytes are those of frames, with their headers, as they
 * are on the wire (inside of TLS).
 *
 * @param framesReceived frames that arrived whole
 * @param bytesReceived bytes that were decoded
 * @param framesSent frames that were accepted to be sent
 * @param bytesSent bytes that were handed to the network
 * @param bytesQueued bytes that were accepted to be sent and are not with the network
 */
public record ConnectionFigures(
        long framesReceived, long bytesReceived, long framesSent, long bytesSent, long bytesQueued) {}
