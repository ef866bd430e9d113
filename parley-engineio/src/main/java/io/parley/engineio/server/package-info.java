/** The Engine.IO server: sessions over HTTP long-polling and WebSocket. */
@NullMarked
package io.parley.engineio.server;

import org.jspecify.annotations.NullMarked;
