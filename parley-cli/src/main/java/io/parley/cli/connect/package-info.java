/** The WebSocket client of {@code parley connect}: scripted over standard streams, or interactive on a terminal. */
@NullMarked
package io.parley.cli.connect;

import org.jspecify.annotations.NullMarked;
