package io.parley.cli.echo;

import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends back what one connection sends. It reads no faster than its client does: when much waits to be sent, nothing
 * more is read.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class Echo implements WebSocketListener {

    private static final Logger log = LoggerFactory.getLogger(Echo.class);

    private final String target;

    Echo(String target) {
        this.target = target;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        log.info("{} opened {}", connection.remoteAddress(), target);
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        connection.send(text);
        waitForClient(connection);
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        connection.send(bytes);
        waitForClient(connection);
    }

    private static void waitForClient(WebSocketConnection connection) {
        if (!connection.isWritable()) {
            connection.pauseReading();
        }
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        connection.resumeReading();
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        ConnectionFigures figures = connection.figures();
        log.info(
                "{} closed {}: {} {}({} frames and {} bytes came, {} and {} went)",
                connection.remoteAddress(),
                target,
                code,
                reason.isEmpty() ? "" : reason + " ",
                figures.framesReceived(),
                figures.bytesReceived(),
                figures.framesSent(),
                figures.bytesSent());
    }
}
