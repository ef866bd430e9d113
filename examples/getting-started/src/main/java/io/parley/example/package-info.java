/** The chat of every Socket.IO tutorial, on Parley. */
@NullMarked
package io.parley.example;

import org.jspecify.annotations.NullMarked;
