/**
 * WebTransport (HTTP/3) for an Engine.IO server: {@link io.parley.webtransport.WebTransportServer} listens on a UDP port
 * and hands sessions to {@link io.parley.engineio.server.EngineServer#onWebTransportSession}.
 */
@NullMarked
package io.parley.webtransport;

import org.jspecify.annotations.NullMarked;
