package io.parley.websocket.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a connection could not be established, or did not end by the closing handshake. */
public class WebSocketException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int closeCode;

    WebSocketException(int closeCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.closeCode = closeCode;
    }

    /**
     * What it was, in the words of {@link io.parley.websocket.CloseCode}: the code that the server was told when it
     * broke the protocol (1002, 1007, 1009), {@link io.parley.websocket.CloseCode#TLS_HANDSHAKE} (1015) when there was no
     * TLS with it, {@link io.parley.websocket.CloseCode#ABNORMAL} (1006) for all else. The {@link CloseEvent} says 1006
     * for each of them, as the browser's does.
     */
    public int closeCode() {
        return closeCode;
    }
}
