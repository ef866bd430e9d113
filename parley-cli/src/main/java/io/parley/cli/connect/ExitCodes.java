package io.parley.cli.connect;

import io.parley.websocket.CloseCode;
import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.HandshakeException;
import io.parley.websocket.client.WebSocketException;
import org.jspecify.annotations.Nullable;

/** What the command's exit code says about the end of a connection. */
public final class ExitCodes {

    /** Closed as it should be: with 1000, without a code, or because this side asked for it. */
    public static final int CLOSED = 0;
    /** The input could not be read, or was not in the form that was asked for. */
    public static final int BAD_INPUT = 1;
    /** There is no connection: the name, the network, the proxy or TLS. */
    public static final int NOT_CONNECTED = 3;
    /** The server answered with something else than a correct handshake. */
    public static final int HANDSHAKE_REFUSED = 4;
    /** Closed as it should be, but before as many messages came as were asked for. */
    public static final int MESSAGES_MISSING = 5;
    /** Nobody reads standard output any more; what a process has that is ended by SIGPIPE. */
    public static final int OUTPUT_CLOSED = 141;

    private static final int CODES_FROM_1000 = 10; // 1001 is 11, 1006 is 16, 1015 is 25
    private static final int CODES_FROM_3000 = 30;
    private static final int CODES_FROM_4000 = 40;
    private static final int LAST_OF_PROTOCOL = 1015;

    private ExitCodes() {}

    /**
     * The code for a connection that was established.
     *
     * @param failure null unless there was an error event
     * @param asked whether it was this side that closed
     */
    static int afterOpen(CloseEvent close, @Nullable WebSocketException failure, boolean asked) {
        int code = failure == null ? close.code() : failure.closeCode();
        boolean normal = code == CloseCode.NORMAL || code == CloseCode.NO_STATUS;
        return normal || (asked && close.wasClean()) ? CLOSED : of(code);
    }

    /** The code for a connection that was not. */
    static int beforeOpen(@Nullable WebSocketException failure) {
        return failure instanceof HandshakeException ? HANDSHAKE_REFUSED : NOT_CONNECTED;
    }

    private static int of(int code) {
        if (code >= 4000) {
            return CODES_FROM_4000;
        }
        if (code >= 3000) {
            return CODES_FROM_3000;
        }
        return CODES_FROM_1000 + Math.min(code, LAST_OF_PROTOCOL) - CloseCode.NORMAL;
    }
}
