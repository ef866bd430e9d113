package io.parley.websocket.connection;

import io.parley.websocket.MessageStream;
import io.parley.websocket.WebSocketConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link MessageStream}s of the parts that arrive on a streaming connection, and gives each to a handler. When
 * more than a limit waits to be read by handlers, nothing more is read from the peer until half of it is gone.
 *
 * <p><b>Threading.</b> {@link #onPart} and {@link #onClose} are confined to the connection's event loop.
 */
public final class IncomingStreams {

    private final WebSocketConnection connection;
    private final int maxUnreadBytes;
    private final Executor mailbox;
    private final Consumer<MessageStream> handler;
    private final AtomicLong unreadBytes = new AtomicLong();
    private @Nullable IncomingStream current; // non-null inside of a message
    private volatile boolean paused; // written on the loop only

    /**
     * Streams of one connection.
     *
     * @param maxUnreadBytes what may wait for the handlers
     * @param mailbox runs one handler at a time; it may block
     * @param handler gets each message when its first part is here; what it leaves unread is skipped
     */
    public IncomingStreams(
            WebSocketConnection connection, int maxUnreadBytes, Executor mailbox, Consumer<MessageStream> handler) {
        this.connection = connection;
        this.maxUnreadBytes = maxUnreadBytes;
        this.mailbox = mailbox;
        this.handler = handler;
    }

    /** A part arrived, see {@link io.parley.websocket.WebSocketListener#onPart}. */
    public void onPart(boolean text, ByteBuffer bytes, boolean last) {
        IncomingStream stream = current;
        if (stream == null) {
            stream = new IncomingStream(text, this::wasRead);
            begin(stream);
        }
        current = last ? null : stream;
        if (unreadBytes.addAndGet(stream.add(bytes)) > maxUnreadBytes) {
            paused = true;
            connection.pauseReading(); // each time: somebody else may have resumed it
            resume(); // if the handler has caught up meanwhile, which it could not tell
        }
        if (last) {
            stream.complete();
        }
    }

    private void begin(IncomingStream stream) {
        mailbox.execute(() -> {
            try {
                handler.accept(stream);
            } finally {
                stream.skipRest();
            }
        });
    }

    /** The connection is over: a message under way will not be complete. */
    public void onClose(int code, String reason) {
        if (current != null) {
            current.breakOff("The connection ended inside the message: " + code + " " + reason);
            current = null;
        }
    }

    private void wasRead(int bytes) {
        if (unreadBytes.addAndGet(-bytes) <= maxUnreadBytes / 2 && paused) {
            connection.eventLoop().execute(this::resume);
        }
    }

    private void resume() {
        if (paused && unreadBytes.get() <= maxUnreadBytes / 2) {
            paused = false;
            connection.resumeReading();
        }
    }
}
