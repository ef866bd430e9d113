/** Servers as processes of their own: started, pinned to a core, asked for their CPU time and memory. */
@NullMarked
package io.parley.bench.process;

import org.jspecify.annotations.NullMarked;
