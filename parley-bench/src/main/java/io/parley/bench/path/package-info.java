/** The way of a Socket.IO event without a network: packets, rooms, recipients, handlers, acknowledgements. */
@NullMarked
package io.parley.bench.path;

import org.jspecify.annotations.NullMarked;
