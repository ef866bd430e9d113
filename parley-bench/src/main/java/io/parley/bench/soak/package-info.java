/** A server under churn for a long time: whether what it holds stays the same. */
@NullMarked
package io.parley.bench.soak;

import org.jspecify.annotations.NullMarked;
