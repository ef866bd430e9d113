/** The chat room as a server: {@link io.parley.chat.ChatServer} starts it, everything else is inside. */
@NullMarked
package io.parley.chat;

import org.jspecify.annotations.NullMarked;
