/** Socket.IO packets and their encoded form (protocol 5). No socket, thread or clock: text and bytes in, packets out. */
@NullMarked
package io.parley.socketio.packet;

import org.jspecify.annotations.NullMarked;
