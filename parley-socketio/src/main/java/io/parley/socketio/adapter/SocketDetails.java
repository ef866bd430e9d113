package io.parley.socketio.adapter;

import java.util.Map;
import java.util.Set;

/**
 * What can be known of a socket, on whichever server it is.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public interface SocketDetails {

    /** The socket's id. */
    String id();

    /** The rooms it is in, the one of its own id included. */
    Set<String> rooms();

    /** What the application keeps with it. */
    Map<String, Object> data();
}
