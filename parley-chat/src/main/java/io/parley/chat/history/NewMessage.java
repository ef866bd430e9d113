package io.parley.chat.history;

import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;

/** A message that is to be stored: valid in all its parts, without an id yet. */
public record NewMessage(Room room, String key, User user, String text) {}
