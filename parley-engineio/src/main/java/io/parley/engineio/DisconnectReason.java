package io.parley.engineio;

/** Why a session ended, in the official words. */
public enum DisconnectReason {
    /** The transport failed: the network, or a peer that broke its rules. */
    TRANSPORT_ERROR("transport error"),
    /** The peer closed the transport. */
    TRANSPORT_CLOSE("transport close"),
    /** This side closed the session. */
    FORCED_CLOSE("forced close"),
    /** The peer's heartbeat stayed away. */
    PING_TIMEOUT("ping timeout"),
    /** A packet could not be understood. */
    PARSE_ERROR("parse error"),
    /** The peer took what was sent to it so slowly that too much waited. The official server has no such bound. */
    TOO_SLOW("client too slow");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The official text, as applications compare it. */
    public String text() {
        return text;
    }
}
