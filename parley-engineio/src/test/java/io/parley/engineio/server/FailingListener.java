package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import java.nio.ByteBuffer;
import java.util.List;

/** Throws whenever a message arrives; writes down the end. */
final class FailingListener implements EngineListener {

    private final RecordingListener recorder;

    FailingListener(List<String> events) {
        recorder = new RecordingListener(events);
    }

    @Override
    public void onText(String text) {
        throw new IllegalStateException(text);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        throw new IllegalStateException("binary");
    }

    @Override
    public void onClose(DisconnectReason reason, String description) {
        recorder.onClose(reason, description);
    }
}
