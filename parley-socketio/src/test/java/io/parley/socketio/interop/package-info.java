/** The official JavaScript client and server against ours, and peers that misbehave, over real sockets. */
@NullMarked
package io.parley.socketio.interop;

import org.jspecify.annotations.NullMarked;
