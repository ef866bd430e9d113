/** Measures the parts of the server that it does not show: on the class path, in its package. */
@NullMarked
package io.parley.socketio.server;

import org.jspecify.annotations.NullMarked;
