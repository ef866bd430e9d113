package io.parley.websocket.connection;

import io.parley.websocket.frame.DeflateParameters;
import org.jspecify.annotations.Nullable;

/**
 * What the opening handshake settled.
 *
 * @param subprotocol empty when there is none
 * @param extensions as the answer names them; empty when there is none
 * @param deflate null when messages are not compressed
 */
public record Agreement(
        String subprotocol, String extensions, @Nullable DeflateParameters deflate) {

    private static final Agreement NOTHING = new Agreement("", "", null);

    /** Without extensions. */
    public static Agreement plain(String subprotocol) {
        return subprotocol.isEmpty() ? NOTHING : new Agreement(subprotocol, "", null);
    }
}
