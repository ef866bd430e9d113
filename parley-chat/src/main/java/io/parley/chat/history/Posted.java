package io.parley.chat.history;

import io.parley.chat.domain.Message;

/**
 * A message that is stored, come what may.
 *
 * @param message as stored, which is as it was sent first
 * @param again whether it had been stored before, so that nobody needs to hear of it again
 */
public record Posted(Message message, boolean again) {}
