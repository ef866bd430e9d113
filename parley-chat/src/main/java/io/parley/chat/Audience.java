package io.parley.chat;

import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;

/**
 * Whom the chat room talks to.
 *
 * <p><b>Threading.</b> Safe for any thread; never blocks. What one thread tells arrives in the order of the calls.
 */
interface Audience {

    /** Tells the members of a room. */
    void tellRoom(Room room, String event, Object what);

    /** Tells the members of a room but one; may be dropped for whoever is slow when it is {@code fleeting}. */
    void tellOthers(Room room, User but, boolean fleeting, String event, Object what);

    /** Tells every tab of one person. */
    void tellUser(User user, String event, Object what);

    /** Tells everybody who has a name, in whichever room. */
    void tellEverybody(String event, Object what);

    /** Gives a text from the lobby to every guest. */
    void tellGuests(String text);

    /** Lets every tab of one person hear what is told in a room. */
    void enter(User user, Room room);

    /** The contrary of {@link #enter}. */
    void leave(User user, Room room);

    /** One connection of a person: a tab of a browser. */
    interface Tab {

        /** Its id, another one for each connection. */
        String id();

        /** Lets it hear what is told in a room. */
        void enter(Room room);
    }
}
