/** The example in a browser. */
@NullMarked
package io.parley.example;

import org.jspecify.annotations.NullMarked;
