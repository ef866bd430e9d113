/** The servers that are compared: the same small program on the public API of each, run as a process of its own. */
@NullMarked
package io.parley.bench.peer;

import org.jspecify.annotations.NullMarked;
