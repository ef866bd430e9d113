package io.parley.websocket.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What went over a connection. A part of its {@link Outbox}, for an object of its own would be 16 bytes more for each
 * connection that does nothing.
 *
 * <p><b>Threading.</b> Counted on the loop, readable from any thread.
 */
abstract class Traffic {

    private static final AtomicLongFieldUpdater<Traffic> FRAMES_RECEIVED = counter("framesReceived");
    private static final AtomicLongFieldUpdater<Traffic> BYTES_RECEIVED = counter("bytesReceived");
    private static final AtomicLongFieldUpdater<Traffic> FRAMES_SENT = counter("framesSent");
    private static final AtomicLongFieldUpdater<Traffic> BYTES_SENT = counter("bytesSent");
    private static final AtomicLongFieldUpdater<Traffic> MESSAGE_BYTES_SENT = counter("messageBytesSent");

    private volatile long framesReceived;
    private volatile long bytesReceived;
    private volatile long framesSent;
    private volatile long bytesSent;
    private volatile long messageBytesSent;

    private static AtomicLongFieldUpdater<Traffic> counter(String field) {
        return AtomicLongFieldUpdater.newUpdater(Traffic.class, field);
    }

    final void received(int frames, int bytes) {
        FRAMES_RECEIVED.lazySet(this, framesReceived + frames);
        BYTES_RECEIVED.lazySet(this, bytesReceived + bytes);
    }

    final void frameAccepted() {
        FRAMES_SENT.lazySet(this, framesSent + 1);
    }

    final void sent(long bytes, long messageBytes) {
        BYTES_SENT.lazySet(this, bytesSent + bytes);
        MESSAGE_BYTES_SENT.lazySet(this, messageBytesSent + messageBytes);
    }

    final long framesReceived() {
        return framesReceived;
    }

    final long bytesReceived() {
        return bytesReceived;
    }

    final long framesSent() {
        return framesSent;
    }

    final long bytesSent() {
        return bytesSent;
    }

    final long messageBytesSent() {
        return messageBytesSent;
    }
}
