/** What both sides of a WebSocket share: the connection, its listener, close codes, the event loop it lives on. */
@NullMarked
package io.parley.websocket;

import org.jspecify.annotations.NullMarked;
