/**
 * WebSocket frames without I/O: bytes in, messages and control frames out, and back (RFC 6455 section 5). No socket,
 * thread or clock.
 *
 * <p>Buffers are <em>borrowed</em> (the caller keeps and releases them), <em>taken</em> (we release them, on failure
 * too) or <em>given</em> (the receiver releases them).
 */
@NullMarked
package io.parley.websocket.frame;

import org.jspecify.annotations.NullMarked;
