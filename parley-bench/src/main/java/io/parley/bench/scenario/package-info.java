/** What servers are measured at. */
@NullMarked
package io.parley.bench.scenario;

import org.jspecify.annotations.NullMarked;
