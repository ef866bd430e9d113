package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.cli.json.JsonLine;
import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Every event on standard output, a JSON object each. */
final class JsonDisplay implements Display {

    private final OutputStream out;
    private final BinaryForm binaryForm;
    private final Clock clock;

    JsonDisplay(OutputStream out, BinaryForm binaryForm, Clock clock) {
        this.out = out;
        this.binaryForm = binaryForm;
        this.clock = clock;
    }

    @Override
    public void opened(WebSocket socket) throws IOException {
        write(event("open")
                .with("url", socket.url())
                .with("protocol", socket.protocol())
                .with("extensions", socket.extensions()));
    }

    @Override
    public void text(String text) throws IOException {
        write(event("text").with("data", text));
    }

    @Override
    public void binary(byte[] message) throws IOException {
        byte[] data = binaryForm.print(message);
        write(event("binary").with("data", new String(data, binaryForm == BinaryForm.TEXT ? UTF_8 : ISO_8859_1)));
    }

    @Override
    public void failed(WebSocketException cause) throws IOException {
        write(event("error").with("message", CloseWords.of(cause)));
    }

    @Override
    public void closed(CloseEvent close, boolean asked) throws IOException {
        write(event("close")
                .with("code", close.code())
                .with("reason", close.reason())
                .with("clean", close.wasClean()));
    }

    private JsonLine event(String type) {
        String time = Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString();
        return new JsonLine().with("time", time).with("type", type);
    }

    private void write(JsonLine line) throws IOException {
        out.write(line.bytes());
    }
}
