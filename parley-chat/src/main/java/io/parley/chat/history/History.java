package io.parley.chat.history;

import io.parley.chat.domain.Message;
import io.parley.chat.domain.Name;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Rooms, messages and memberships, stored so that whatever was acknowledged is still there after a {@code kill -9} or
 * a power cut. Reads see everything that was acknowledged.
 *
 * <p><b>Threading.</b> Safe for any thread. Reads block for the disk. Writes are done by one thread in the order of
 * the calls and acknowledged by their futures, which complete on that thread: do not block there.
 */
public final class History implements AutoCloseable {

    private final Database database;
    private final Writer writer;
    private final Clock clock;
    private volatile Consumer<Message> onPosted = message -> {};

    private History(Database database, Clock clock) {
        this.database = database;
        this.writer = new Writer(database.jdbi().open());
        this.clock = clock;
    }

    /**
     * Opens the history in {@code file}, or makes an empty one with a lobby.
     *
     * @param clock dates the messages
     * @throws HistoryException if the file is no history, or one of a newer version
     */
    public static History open(Path file, Clock clock) {
        return new History(Database.open(file), clock);
    }

    /**
     * Sets who hears of each new message, nobody unless set.
     *
     * @param listener called for each message once it is stored, in the order of ids in each room, before the future
     *     of {@link #post} completes, on the writer's thread: must not block
     */
    public void onPosted(Consumer<Message> listener) {
        onPosted = listener;
    }

    /** Every room with the id of its newest message. */
    public List<Room> rooms() {
        String sql = "SELECT id, name, (SELECT coalesce(max(m.id), 0) FROM message m WHERE m.room_id = room.id)"
                + " FROM room";
        return read(handle -> handle.select(sql)
                .map((row, context) -> new Room(row.getLong(1), row.getString(2), row.getLong(3)))
                .list());
    }

    /** Adds a room; empty when there is one of that name already. */
    public CompletableFuture<Optional<Room>> createRoom(String name) {
        String sql = "INSERT INTO room (name, key, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id";
        return write(handle -> handle.select(sql, name, Name.key(name), clock.millis())
                .map((row, context) -> new Room(row.getLong(1), name, 0))
                .findOne());
    }

    /**
     * Stores a message under the next id of its room, and marks the room as read up to it by its sender. A message
     * with a key that the same user has used before is not stored again.
     */
    public CompletableFuture<Posted> post(NewMessage message) {
        return writer.submit(handle -> postAndRead(handle, message), this::posted);
    }

    private Posted postAndRead(Handle handle, NewMessage message) {
        Posted posted = Messages.post(handle, message, clock.millis());
        if (!posted.again()) {
            markRead(
                    handle,
                    message.user().id(),
                    message.room().id(),
                    posted.message().id());
        }
        return posted;
    }

    private void posted(Posted posted) {
        if (!posted.again()) {
            onPosted.accept(posted.message());
        }
    }

    /** The newest messages of a room before the one with {@code id}; {@link Long#MAX_VALUE} for the newest of all. */
    public Page before(Room room, long id, int limit) {
        return read(handle -> Messages.before(handle, room.id(), id, limit));
    }

    /** The oldest messages of a room after the one with {@code id}. */
    public Page after(Room room, long id, int limit) {
        return read(handle -> Messages.after(handle, room.id(), id, limit));
    }

    /** Remembers that somebody was here: for their memberships, which live as long as they come back in time. */
    public CompletableFuture<Boolean> seen(User user) {
        String sql = "INSERT INTO person (id, name, seen) VALUES (?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen = excluded.seen";
        return write(handle -> handle.execute(sql, user.id(), user.name(), clock.millis()) > 0);
    }

    /** Forgets the memberships of those who were not seen for so long; their messages stay. */
    public CompletableFuture<Integer> forgetUnseen(Duration age) {
        return write(handle -> handle.execute("DELETE FROM person WHERE seen < ?", clock.millis() - age.toMillis()));
    }

    /** Makes somebody a member of a room, who has read all that is in it so far. */
    public CompletableFuture<Boolean> join(User user, Room room) {
        String sql = "INSERT INTO membership (user_id, room_id, read_id)"
                + " SELECT ?, ?, coalesce(max(id), 0) FROM message WHERE room_id = ?"
                + " ON CONFLICT (user_id, room_id) DO NOTHING";
        return write(handle -> handle.execute(sql, user.id(), room.id(), room.id()) > 0);
    }

    /** Ends a membership; false when there was none. */
    public CompletableFuture<Boolean> leave(User user, Room room) {
        String sql = "DELETE FROM membership WHERE user_id = ? AND room_id = ?";
        return write(handle -> handle.execute(sql, user.id(), room.id()) > 0);
    }

    /** Marks a room as read up to and including {@code id}; marks do not go back. False when nothing changed. */
    public CompletableFuture<Boolean> markRead(User user, Room room, long id) {
        return write(handle -> markRead(handle, user.id(), room.id(), id));
    }

    private static boolean markRead(Handle handle, String userId, long room, long id) {
        String sql = "UPDATE membership SET read_id = ? WHERE user_id = ? AND room_id = ? AND read_id < ?";
        return handle.execute(sql, id, userId, room, id) > 0;
    }

    /** The rooms somebody is a member of, with the id of the last message they have read in each. */
    public Map<Long, Long> memberships(User user) {
        Map<Long, Long> readByRoom = new HashMap<>();
        read(handle -> handle.select("SELECT room_id, read_id FROM membership WHERE user_id = ?", user.id())
                        .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                        .list())
                .forEach(entry -> readByRoom.put(entry.getKey(), entry.getValue()));
        return readByRoom;
    }

    private <T> T read(Function<Handle, T> query) {
        return database.jdbi().withHandle(query::apply);
    }

    private <T> CompletableFuture<T> write(Function<Handle, T> work) {
        return writer.submit(work, stored -> {});
    }

    /** Stores what was asked for, then closes the file. Later writes fail. */
    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
