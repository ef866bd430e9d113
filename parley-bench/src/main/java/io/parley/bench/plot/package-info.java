/** Curves as SVG files, drawn without a library: readable on light and on dark pages. */
@NullMarked
package io.parley.bench.plot;

import org.jspecify.annotations.NullMarked;
