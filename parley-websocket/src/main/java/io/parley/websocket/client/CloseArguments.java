package io.parley.websocket.client;

import io.parley.websocket.CloseCode;

/** What may be given to {@link WebSocket#close(int, String)} (WHATWG WebSockets section 3.1). */
final class CloseArguments {

    private static final int MAX_REASON_BYTES = 123;

    private CloseArguments() {}

    static void check(int code, String reason) {
        if (code != CloseCode.NORMAL && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException("close code: " + code + " (expected: 1000, or 3000 to 4999)");
        }
        long bytes = Utf16.utf8Length(reason);
        if (bytes > MAX_REASON_BYTES) {
            throw new IllegalArgumentException(
                    "close reason of " + bytes + " bytes of UTF-8 (expected: at most " + MAX_REASON_BYTES + ")");
        }
    }
}
