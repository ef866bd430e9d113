/** Measures the parts of the adapter that it does not show: on the class path, in its package. */
@NullMarked
package io.parley.socketio.adapter;

import org.jspecify.annotations.NullMarked;
