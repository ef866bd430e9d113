/** What {@code parley bench} does: a plan, its run, and the report of it. */
@NullMarked
package io.parley.cli.bench;

import org.jspecify.annotations.NullMarked;
