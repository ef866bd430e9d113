/** JSON that commands write for programs. */
@NullMarked
package io.parley.cli.json;

import org.jspecify.annotations.NullMarked;
