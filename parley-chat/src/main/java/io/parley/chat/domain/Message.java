package io.parley.chat.domain;

/**
 * A message as everybody in its room sees it. Immutable.
 *
 * @param room the name of the room
 * @param id grows from message to message of a room, in the order in which everybody sees them
 * @param key made by the sender; the same key from the same user is the same message
 * @param user the sender, named as at that time
 * @param text what was said, never empty
 * @param at when it was stored, in milliseconds since 1970
 */
public record Message(String room, long id, String key, User user, String text, long at) {}
