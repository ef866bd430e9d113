/** Tests of the test kit. */
@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
