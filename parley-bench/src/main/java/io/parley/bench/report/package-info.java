/** What was measured, as JSON with every run and as tables with medians, spread and ratios. */
@NullMarked
package io.parley.bench.report;

import org.jspecify.annotations.NullMarked;
