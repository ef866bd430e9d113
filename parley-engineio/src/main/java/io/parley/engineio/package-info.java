/** The words of Engine.IO that server and client share. */
@NullMarked
package io.parley.engineio;

import org.jspecify.annotations.NullMarked;
