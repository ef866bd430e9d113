/** Our server against the clients of others: the {@code ws} package of Node, and Chromium. */
@NullMarked
package io.parley.websocket.interop;

import org.jspecify.annotations.NullMarked;
