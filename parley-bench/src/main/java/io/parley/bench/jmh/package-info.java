/** How JMH is run here, and what is read off its results. */
@NullMarked
package io.parley.bench.jmh;

import org.jspecify.annotations.NullMarked;
