package io.parley.chat;

import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;
import io.parley.socketio.server.BroadcastOperator;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;

/** Talks to people through Socket.IO: those with a name in one namespace, guests in another. */
final class SocketAudience implements Audience {

    private final Namespace chat;
    private final Namespace guests;

    SocketAudience(Namespace chat, Namespace guests) {
        this.chat = chat;
        this.guests = guests;
    }

    /** The Socket.IO room that hears what is told in a room. */
    private static String membersOf(Room room) {
        return "room:" + room.id();
    }

    /** The Socket.IO room of all tabs of one person. */
    private static String tabsOf(User user) {
        return "user:" + user.id();
    }

    @Override
    public void tellRoom(Room room, String event, Object what) {
        chat.to(membersOf(room)).emit(event, what);
    }

    @Override
    public void tellOthers(Room room, User but, boolean fleeting, String event, Object what) {
        BroadcastOperator others = chat.to(membersOf(room)).except(tabsOf(but));
        (fleeting ? others.asVolatile() : others).emit(event, what);
    }

    @Override
    public void tellUser(User user, String event, Object what) {
        chat.to(tabsOf(user)).emit(event, what);
    }

    @Override
    public void tellEverybody(String event, Object what) {
        chat.emit(event, what);
    }

    @Override
    public void tellGuests(String text) {
        guests.emit(GuestDoor.MESSAGE, text);
    }

    @Override
    public void enter(User user, Room room) {
        chat.in(tabsOf(user)).socketsJoin(membersOf(room));
    }

    @Override
    public void leave(User user, Room room) {
        chat.in(tabsOf(user)).socketsLeave(membersOf(room));
    }

    /** A connection of somebody, who from now on hears what is told to them. */
    static Tab tab(Socket socket, User user) {
        socket.join(tabsOf(user));
        return new Tab() {
            @Override
            public String id() {
                return socket.id();
            }

            @Override
            public void enter(Room room) {
                socket.join(membersOf(room));
            }
        };
    }
}
