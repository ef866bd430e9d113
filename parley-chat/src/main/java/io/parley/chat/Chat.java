package io.parley.chat;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.ChatException.Code;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.Name;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.Rooms;
import io.parley.chat.domain.Text;
import io.parley.chat.domain.User;
import io.parley.chat.history.History;
import io.parley.chat.history.HistoryException;
import io.parley.chat.history.NewMessage;
import io.parley.chat.history.Page;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What people can do in the chat room. Each request is checked, done, stored, and then told to whom it concerns.
 *
 * <p><b>Threading.</b> Safe for any thread. Methods wait for the disk, except {@link #say}, whose future does.
 */
final class Chat {

    private static final long MAX_WAIT_SECONDS = 15;

    private final History history;
    private final Rooms rooms;
    private final Attendance attendance;
    private final Audience audience;
    private final int maxRooms;
    private final ReentrantLock creating = new ReentrantLock(); // one at a time, so that the limit holds

    Chat(History history, Rooms rooms, Attendance attendance, Audience audience, int maxRooms) {
        this.history = history;
        this.rooms = rooms;
        this.attendance = attendance;
        this.audience = audience;
        this.maxRooms = maxRooms;
    }

    /** The rooms somebody was in when they were here last: at least the lobby. */
    Map<Long, Long> remember(User user) {
        CompletableFuture<Boolean> seen = history.seen(user);
        CompletableFuture<Boolean> joined = history.join(user, rooms.lobby());
        stored(seen.thenCombine(joined, Boolean::logicalOr));
        return history.memberships(user);
    }

    /** Every room as somebody sees it. */
    List<Views.RoomView> rooms(User user) {
        Map<Long, Long> read = history.memberships(user);
        return rooms.all().stream().map(room -> view(user, room, read)).toList();
    }

    private Views.RoomView view(User user, Room room) {
        return view(user, room, history.memberships(user));
    }

    private Views.RoomView view(User user, Room room, Map<Long, Long> read) {
        boolean joined = attendance.isMember(user, room);
        long lastId = room.lastId();
        long unread = joined ? Math.max(0, lastId - read.getOrDefault(room.id(), lastId)) : 0;
        return new Views.RoomView(room.name(), attendance.count(room), joined, unread, lastId);
    }

    /** Makes a room with somebody in it. */
    Views.Joined create(User user, String rawName) {
        String name = Name.ofRoom(rawName);
        creating.lock();
        try {
            rooms.add(newRoom(name));
        } finally {
            creating.unlock();
        }
        return join(user, name);
    }

    private Room newRoom(String name) {
        if (rooms.contains(name)) {
            throw roomExists(name);
        }
        if (rooms.size() >= maxRooms) {
            throw new ChatException(
                    Code.LIMIT, "There are " + rooms.size() + " rooms, which is as many as this chat takes: join one.");
        }
        return stored(history.createRoom(name)).orElseThrow(() -> roomExists(name));
    }

    private static ChatException roomExists(String name) {
        return new ChatException(
                Code.EXISTS, "There is a room \"" + name + "\" already: join it, or choose another name.");
    }

    /** Puts somebody into a room, and shows them what is newest there. */
    Views.Joined join(User user, String name) {
        Room room = rooms.find(name);
        boolean isNew = !attendance.isMember(user, room);
        if (isNew) {
            stored(history.join(user, room));
            attendance.enter(user, room);
        }
        // Read after entering: what is said from now on is told, what was said before is read, some of it is both.
        Page page = history.before(room, Long.MAX_VALUE, Page.DEFAULT_SIZE);
        Views.RoomView view = view(user, room);
        if (isNew) {
            audience.tellUser(user, "room", view);
        }
        return new Views.Joined(true, view, page.messages(), page.more(), attendance.online(room));
    }

    /** Takes somebody out of a room. */
    Views.Done leave(User user, String name) {
        Room room = membersRoom(user, name);
        if (room.isLobby()) {
            throw new ChatException(Code.INVALID, "Everybody is in the lobby: nobody can leave it.");
        }
        stored(history.leave(user, room));
        attendance.leave(user, room);
        audience.tellUser(user, "room", view(user, room));
        return Views.Done.OK;
    }

    /** Says something in a room; told to its members once it is stored. */
    CompletableFuture<Views.Said> say(User user, String room, String key, String text) {
        NewMessage message = new NewMessage(membersRoom(user, room), key, user, Text.tidy(text));
        return history.post(message)
                .thenApply(posted -> new Views.Said(
                        true, posted.message().id(), posted.message().at()));
    }

    /** Tells a message that was stored; called in the order of ids in each room. */
    void posted(Message message) {
        Room room = rooms.find(message.room());
        room.advanceTo(message.id());
        audience.tellRoom(room, "message", message);
        if (room.isLobby()) {
            audience.tellGuests(message.text());
        }
    }

    /** A part of the history of a room that somebody is in. */
    Views.Messages history(User user, String name, OptionalLong before, OptionalLong after, OptionalLong limit) {
        Room room = membersRoom(user, name);
        if (before.isPresent() && after.isPresent()) {
            throw new ChatException(Code.INVALID, "before and after in one request (expected: one of them, or none).");
        }
        int size = pageSize(limit);
        Page page = after.isPresent()
                ? history.after(room, after.getAsLong(), size)
                : history.before(room, before.orElse(Long.MAX_VALUE), size);
        return new Views.Messages(true, page.messages(), page.more());
    }

    private static int pageSize(OptionalLong limit) {
        return (int) Math.max(1, Math.min(limit.orElse(Page.DEFAULT_SIZE), Page.MAX_SIZE));
    }

    /** Notes how far somebody has read. */
    Views.Done read(User user, String name, long id) {
        Room room = membersRoom(user, name);
        if (stored(history.markRead(user, room, Math.min(id, room.lastId())))) {
            audience.tellUser(user, "room", view(user, room));
        }
        return Views.Done.OK;
    }

    /** Tells the others in a room that somebody types, or stopped. */
    Views.Done typing(User user, String name, boolean typing) {
        Room room = membersRoom(user, name);
        audience.tellOthers(room, user, typing, "typing", new Views.Typing(room.name(), user, typing));
        return Views.Done.OK;
    }

    private Room membersRoom(User user, String name) {
        Room room = rooms.find(name);
        if (!attendance.isMember(user, room)) {
            throw new ChatException(Code.NOT_MEMBER, "You are not in \"" + room.name() + "\": join it first.");
        }
        return room;
    }

    private static <T> T stored(CompletableFuture<T> write) {
        try {
            return write.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /** The refusal for whatever went wrong on our side. */
    static ChatException refusalFor(Throwable failure) {
        if (failure instanceof ChatException refusal) {
            return refusal;
        }
        Throwable cause = failure.getCause();
        return cause == null || failure instanceof HistoryException ? unavailable() : refusalFor(cause);
    }

    private static ChatException unavailable() {
        return new ChatException(Code.UNAVAILABLE, "The server cannot store that now: try again in a moment.");
    }
}
