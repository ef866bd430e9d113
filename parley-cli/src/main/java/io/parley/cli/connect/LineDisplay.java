package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.CloseCode;
import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Messages on standard output, a line each; what went wrong on standard error. */
final class LineDisplay implements Display {

    private final OutputStream out;
    private final Complaints complaints;
    private final BinaryForm binaryForm;
    private boolean failed;

    LineDisplay(OutputStream out, Complaints complaints, BinaryForm binaryForm) {
        this.out = out;
        this.complaints = complaints;
        this.binaryForm = binaryForm;
    }

    @Override
    public void opened(WebSocket socket) {}

    @Override
    public void text(String text) throws IOException {
        writeLine(text.getBytes(UTF_8));
    }

    @Override
    public void binary(byte[] message) throws IOException {
        writeLine(binaryForm.print(message));
    }

    /** In one call, so that a reader never sees half a line and no flush is needed. */
    private void writeLine(byte[] content) throws IOException {
        byte[] line = Arrays.copyOf(content, content.length + 1);
        line[content.length] = '\n';
        out.write(line);
    }

    @Override
    public void failed(WebSocketException cause) {
        failed = true;
        complaints.add(CloseWords.of(cause));
    }

    @Override
    public void closed(CloseEvent close, boolean asked) {
        if (!failed && !asked && close.code() != CloseCode.NORMAL && close.code() != CloseCode.NO_STATUS) {
            complaints.add("The server closed with " + CloseWords.of(close));
        }
    }
}
