package io.parley.cli.connect;

import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketException;
import java.util.HexFormat;
import org.jline.reader.LineReader;

/** Everything on the terminal, above the line that is being typed. */
final class TerminalDisplay implements Display {

    private static final int SHOWN_BYTES = 256;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final LineReader reader;
    private final Palette palette;

    TerminalDisplay(LineReader reader, Palette palette) {
        this.reader = reader;
        this.palette = palette;
    }

    @Override
    public void opened(WebSocket socket) {
        String protocol = socket.protocol().isEmpty() ? "" : ", protocol " + socket.protocol();
        String extensions = socket.extensions().isEmpty() ? "" : ", " + socket.extensions();
        note("Connected to " + socket.url() + protocol + extensions + " (/help says what you can type)");
    }

    @Override
    public void text(String text) {
        reader.printAbove(palette.received("< ", Controls.visible(text)));
    }

    @Override
    public void binary(byte[] message) {
        int shown = Math.min(message.length, SHOWN_BYTES);
        String more = shown < message.length ? " …" : "";
        reader.printAbove(palette.received(
                "< " + message.length + (message.length == 1 ? " byte: " : " bytes: "),
                HEX.formatHex(message, 0, shown) + more));
    }

    @Override
    public void failed(WebSocketException cause) {
        mistake(CloseWords.of(cause));
    }

    @Override
    public void closed(CloseEvent close, boolean asked) {
        note((asked ? "Closed with " : "The server closed with ") + CloseWords.of(close));
    }

    void note(String text) {
        reader.printAbove(palette.note(text));
    }

    void mistake(String text) {
        reader.printAbove(palette.mistake(text));
    }
}
