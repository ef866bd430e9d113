package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Writes down what happens in a session. */
class RecordingListener implements EngineListener {

    private final List<String> events;

    RecordingListener(List<String> events) {
        this.events = events;
    }

    @Override
    public void onText(String text) {
        events.add("text " + text);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        events.add("binary " + HexFormat.of().formatHex(copy));
    }

    @Override
    public void onUpgrade(TransportType transport) {
        events.add("upgraded to " + transport.wireName());
    }

    @Override
    public void onClose(DisconnectReason reason, String description) {
        events.add("closed: " + reason.text() + (description.isEmpty() ? "" : " (" + description + ")"));
    }
}
