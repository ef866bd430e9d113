package io.parley.chat.domain;

/**
 * A person in the chat room. Immutable.
 *
 * @param id stays the same over tabs, reconnects and server restarts
 * @param name as shown
 * @param guest whether they came through the guests' door and have no session
 */
public record User(String id, String name, boolean guest) {}
