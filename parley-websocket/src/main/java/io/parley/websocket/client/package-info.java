/** The WebSocket client: the browser's {@code WebSocket}, member for member, and what a program needs beyond it. */
@NullMarked
package io.parley.websocket.client;

import org.jspecify.annotations.NullMarked;
