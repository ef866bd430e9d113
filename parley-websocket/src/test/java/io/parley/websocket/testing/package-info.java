/** The server's interfaces in memory, on a loop and with a clock that tests turn: for the tests of the layers above. */
@NullMarked
package io.parley.websocket.testing;

import org.jspecify.annotations.NullMarked;
