/** Engine.IO packets and their text and binary forms. No socket, thread or clock: bytes in, packets out. */
@NullMarked
package io.parley.engineio.packet;

import org.jspecify.annotations.NullMarked;
