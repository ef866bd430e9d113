package io.parley.chat;

import io.parley.chat.domain.User;

/**
 * Somebody who was let in. Immutable.
 *
 * @param address where they come from
 * @param resumed whether they came with a session of before
 */
record Visitor(User user, String address, boolean resumed) {}
