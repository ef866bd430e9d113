package io.parley.chat;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.Name;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.Text;
import io.parley.chat.domain.User;
import java.util.List;

/** What goes over the wire, field by field. Every answer begins with {@code ok}. */
final class Views {

    private Views() {}

    /** A room as one person sees it. */
    record RoomView(String name, int members, boolean joined, long unread, long lastId) {}

    /** A room as everybody sees it. */
    record RoomCount(String name, int members, long lastId) {

        RoomCount(Room room, int members) {
            this(room.name(), members, room.lastId());
        }
    }

    /** The most code points of each. */
    record Limits(int text, int name, int room) {

        static final Limits OURS = new Limits(Text.MAX_LENGTH, Name.MAX_LENGTH, Name.MAX_LENGTH);
    }

    /** The first thing that a person hears. */
    record Welcome(User user, String session, List<RoomView> rooms, boolean guests, Limits limits) {}

    /** Somebody came into or left a room. */
    record Movement(String room, User user, long at) {}

    /** Who is in a room. */
    record Online(String room, List<User> users) {}

    /** Somebody types, or stopped. */
    record Typing(String room, User user, boolean typing) {}

    /** Done, and nothing to tell. */
    record Done(boolean ok) {

        static final Done OK = new Done(true);
    }

    /** All rooms. */
    record RoomList(boolean ok, List<RoomView> rooms) {}

    /** A room that one is in now. */
    record Joined(boolean ok, RoomView room, List<Message> messages, boolean more, List<User> online) {}

    /** A message that is stored. */
    record Said(boolean ok, long id, long at) {}

    /** A part of the history. */
    record Messages(boolean ok, List<Message> messages, boolean more) {}

    /** A request that was refused. */
    record Refused(boolean ok, String code, String message) {

        static Object of(ChatException refusal) {
            String code = refusal.code().text();
            String message = String.valueOf(refusal.getMessage());
            long retryAfter = refusal.retryAfter().toMillis();
            return retryAfter > 0
                    ? new RefusedForNow(false, code, message, retryAfter)
                    : new Refused(false, code, message);
        }
    }

    /** A request that is welcome later, after so many milliseconds. */
    record RefusedForNow(boolean ok, String code, String message, long retryAfter) {}
}
