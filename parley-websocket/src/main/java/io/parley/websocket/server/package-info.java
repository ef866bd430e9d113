/** The HTTP/1.1 server and its WebSocket endpoints, and the {@code HttpExchange} that upper layers are served by. */
@NullMarked
package io.parley.websocket.server;

import org.jspecify.annotations.NullMarked;
