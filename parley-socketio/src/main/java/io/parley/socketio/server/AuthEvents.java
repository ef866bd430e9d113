package io.parley.socketio.server;

/**
 * The events by which server and client talk of a socket's {@link io.parley.socketio.Principal}. They are the server's
 * own in a namespace with an {@link Authenticator}: what comes under the name of {@link #REFRESH} reaches neither
 * middleware nor catch-all listeners, for it holds a token.
 */
public final class AuthEvents {

    /**
     * To the client, {@link SocketIoOptions#expiryNotice} before its principal expires, or when half of the time is
     * over, whichever is later: {@code {"expiresAt":"2026-01-31T12:00:00.000Z","expiresIn":30000}}, the latter in
     * milliseconds.
     */
    public static final String EXPIRING = "auth:expiring";

    /**
     * From the client: what it would put into {@code auth} if it connected now. The acknowledgement is an object, like
     * that of {@link #EXPIRING} or {@code {"error":{"message":"…","data":…}}}; a refusal leaves things as they are.
     */
    public static final String REFRESH = "auth:refresh";

    /**
     * To the client, before it is disconnected because its principal has expired: {@code {"message":"authentication
     * expired"}}.
     */
    public static final String EXPIRED = "auth:expired";

    /** The {@link DisconnectDetails#description} of a socket whose principal has expired. */
    public static final String EXPIRED_DESCRIPTION = "authentication expired";

    private AuthEvents() {}
}
