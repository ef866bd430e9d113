/** A WebSocket connection on a Netty channel, the same for both ends of it. Not exported. */
@NullMarked
package io.parley.websocket.connection;

import org.jspecify.annotations.NullMarked;
