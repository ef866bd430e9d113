/** Measures the parts of the frame codec that it does not show: on the class path, in its package. */
@NullMarked
package io.parley.websocket.frame;

import org.jspecify.annotations.NullMarked;
