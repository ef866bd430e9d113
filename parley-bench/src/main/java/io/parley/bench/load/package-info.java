/** Loads a server with raw WebSocket frames: code of its own, so that it measures nothing of Parley's. */
@NullMarked
package io.parley.bench.load;

import org.jspecify.annotations.NullMarked;
