/** What the chat room is made of: names, rooms, people, presence and limits. No I/O, no thread, no clock of its own. */
@NullMarked
package io.parley.chat.domain;

import org.jspecify.annotations.NullMarked;
