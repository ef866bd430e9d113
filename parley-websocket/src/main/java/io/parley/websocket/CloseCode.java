package io.parley.websocket;

/** The close codes of RFC 6455 section 7.4 and of the IANA registry it founded. */
public final class CloseCode {

    /** The purpose was fulfilled. */
    public static final int NORMAL = 1000;
    /** A server shuts down, or a page was left. */
    public static final int GOING_AWAY = 1001;
    /** The peer broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;
    /** A kind of data that the endpoint cannot take. */
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never sent: a close frame without a code was received. */
    public static final int NO_STATUS = 1005;
    /** Never sent: the connection was lost without a close frame. */
    public static final int ABNORMAL = 1006;
    /** A text message that is not UTF-8. */
    public static final int INVALID_PAYLOAD = 1007;
    /** A message that breaks the endpoint's policy. */
    public static final int POLICY_VIOLATION = 1008;
    /** A message that is too big to process. */
    public static final int MESSAGE_TOO_BIG = 1009;
    /** The client misses an extension it asked for. */
    public static final int MANDATORY_EXTENSION = 1010;
    /** The server met a condition it did not expect. */
    public static final int INTERNAL_ERROR = 1011;
    /** The service restarts: come back after a while. */
    public static final int SERVICE_RESTART = 1012;
    /** The server is overloaded: come back after a while. */
    public static final int TRY_AGAIN_LATER = 1013;
    /** Never sent: the TLS handshake failed. */
    public static final int TLS_HANDSHAKE = 1015;

    private CloseCode() {}

    /** Whether {@code code} may stand in a close frame (RFC 6455 section 7.4). */
    public static boolean isSendable(int code) {
        if (code < 1000 || code > 4999) {
            return false;
        }
        return code >= 3000 || (code <= 1014 && code != 1004 && code != NO_STATUS && code != ABNORMAL);
    }
}
