/** How broadcasts find their sockets: the adapter SPI, and the adapter for one server. */
@NullMarked
package io.parley.socketio.adapter;

import org.jspecify.annotations.NullMarked;
