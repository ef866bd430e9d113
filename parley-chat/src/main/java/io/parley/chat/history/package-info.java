/** What the chat room remembers, in SQLite: rooms, messages, who is a member where and has read how far. */
@NullMarked
package io.parley.chat.history;

import org.jspecify.annotations.NullMarked;
