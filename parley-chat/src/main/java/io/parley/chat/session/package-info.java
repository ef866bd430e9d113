/** Signed session tokens: what lets a person come back as themselves. */
@NullMarked
package io.parley.chat.session;

import org.jspecify.annotations.NullMarked;
