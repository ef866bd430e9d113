/** The echo server of {@code parley echo}, and its page. */
@NullMarked
package io.parley.cli.echo;

import org.jspecify.annotations.NullMarked;
