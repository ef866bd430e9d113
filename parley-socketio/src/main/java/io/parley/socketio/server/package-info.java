/** The Socket.IO server (protocol 5): namespaces, sockets, rooms and broadcasts. */
@NullMarked
package io.parley.socketio.server;

import org.jspecify.annotations.NullMarked;
