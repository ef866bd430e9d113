package io.parley.websocket.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What went over a connection.
 *
 * <p><b>Threading.</b> Counted on the loop, readable from any thread.
 */
final class Traffic {

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

    void received(int frames, int bytes) {
        FRAMES_RECEIVED.lazySet(this, framesReceived + frames);
        BYTES_RECEIVED.lazySet(this, bytesReceived + bytes);
    }

    void frameAccepted() {
        FRAMES_SENT.lazySet(this, framesSent + 1);
    }

    void sent(long bytes, long messageBytes) {
        BYTES_SENT.lazySet(this, bytesSent + bytes);
        MESSAGE_BYTES_SENT.lazySet(this, messageBytesSent + messageBytes);
    }

    long framesReceived() {
        return framesReceived;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    long framesSent() {
        return framesSent;
    }

    long bytesSent() {
        return bytesSent;
    }

    long messageBytesSent() {
        return messageBytesSent;
    }
}
