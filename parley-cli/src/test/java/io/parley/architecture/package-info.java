/** What the whole project keeps to: this module's tests see all others. */
@NullMarked
package io.parley.architecture;

import org.jspecify.annotations.NullMarked;
