/** The curves of what was measured over a range. */
@NullMarked
package io.parley.bench.growth;

import org.jspecify.annotations.NullMarked;
