package io.parley.websocket.frame;

/**
 * What both ends agreed on for permessage-deflate (RFC 7692 section 7.1).
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param serverNoContextTakeover whether the server forgets each message before the next one
 * @param clientNoContextTakeover whether the client forgets each message before the next one
 * @param serverMaxWindowBits the window of what the server sends, 8 to 15
 * @param clientMaxWindowBits the window of what the client sends, 8 to 15
 * @param serverWindowAsked whether the client asked for a window of the server, so that even the largest is answered
 */
public record DeflateParameters(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits,
        boolean serverWindowAsked) {

    static final int MIN_WINDOW_BITS = 8;
    static final int MAX_WINDOW_BITS = 15;

    /** @throws IllegalArgumentException if a window is out of its range */
    public DeflateParameters {
        checkWindowBits("serverMaxWindowBits", serverMaxWindowBits);
        checkWindowBits("clientMaxWindowBits", clientMaxWindowBits);
    }

    /** Without a window that the client asked for. */
    public DeflateParameters(
            boolean serverNoContextTakeover,
            boolean clientNoContextTakeover,
            int serverMaxWindowBits,
            int clientMaxWindowBits) {
        this(serverNoContextTakeover, clientNoContextTakeover, serverMaxWindowBits, clientMaxWindowBits, false);
    }

    /** The server's answer that says so: the value of a {@code Sec-WebSocket-Extensions} field. */
    public String toHeader() {
        StringBuilder header = new StringBuilder(DeflateElement.NAME);
        if (serverNoContextTakeover) {
            header.append("; ").append(DeflateElement.SERVER_NO_CONTEXT_TAKEOVER);
        }
        if (clientNoContextTakeover) {
            header.append("; ").append(DeflateElement.CLIENT_NO_CONTEXT_TAKEOVER);
        }
        if (serverWindowAsked || serverMaxWindowBits < MAX_WINDOW_BITS) {
            header.append("; ")
                    .append(DeflateElement.SERVER_MAX_WINDOW_BITS)
                    .append('=')
                    .append(serverMaxWindowBits);
        }
        if (clientMaxWindowBits < MAX_WINDOW_BITS) {
            header.append("; ")
                    .append(DeflateElement.CLIENT_MAX_WINDOW_BITS)
                    .append('=')
                    .append(clientMaxWindowBits);
        }
        return header.toString();
    }

    static int checkWindowBits(String name, int bits) {
        if (bits < MIN_WINDOW_BITS || bits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException(name + ": " + bits + " (expected: 8 to 15)");
        }
        return bits;
    }
}
