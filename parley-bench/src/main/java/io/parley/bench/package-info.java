/** Measures Parley side by side with the servers that one would use otherwise. Never published. */
@NullMarked
package io.parley.bench;

import org.jspecify.annotations.NullMarked;
