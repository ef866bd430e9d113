package io.parley.chat.history;

import io.parley.chat.domain.Message;
import io.parley.chat.domain.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements on messages. */
final class Messages {

    private static final String COLUMNS = "SELECT room.name, message.id, message.key, message.user_id,"
            + " message.user_name, message.guest, message.text, message.at"
            + " FROM message JOIN room ON room.id = message.room_id ";

    private static final String INSERT = "INSERT INTO message (room_id, id, key, user_id, user_name, guest, text, at)"
            + " SELECT ?, coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ? FROM message WHERE room_id = ?"
            + " ON CONFLICT (user_id, key) DO NOTHING RETURNING id";

    private Messages() {}

    /** Stores a message under the next id of its room, or finds the one that was stored under the same key. */
    static Posted post(Handle handle, NewMessage message, long at) {
        Optional<Long> id = insert(handle, message, at);
        if (id.isEmpty()) {
            return new Posted(byKey(handle, message.user().id(), message.key()), true);
        }
        return new Posted(
                new Message(message.room().name(), id.get(), message.key(), message.user(), message.text(), at), false);
    }

    private static Optional<Long> insert(Handle handle, NewMessage message, long at) {
        long room = message.room().id();
        User user = message.user();
        return handle.select(
                        INSERT, room, message.key(), user.id(), user.name(), user.guest(), message.text(), at, room)
                .mapTo(Long.class)
                .findOne();
    }

    private static Message byKey(Handle handle, String userId, String key) {
        return handle.select(COLUMNS + "WHERE message.user_id = ? AND message.key = ?", userId, key)
                .map(Messages::read)
                .one();
    }

    /** The newest messages before {@code id}. */
    static Page before(Handle handle, long room, long id, int limit) {
        Page newestFirst =
                page(handle, "WHERE room_id = ? AND message.id < ? ORDER BY message.id DESC LIMIT ?", room, id, limit);
        List<Message> oldestFirst = new ArrayList<>(newestFirst.messages());
        Collections.reverse(oldestFirst);
        return new Page(oldestFirst, newestFirst.more());
    }

    /** The oldest messages after {@code id}. */
    static Page after(Handle handle, long room, long id, int limit) {
        return page(handle, "WHERE room_id = ? AND message.id > ? ORDER BY message.id LIMIT ?", room, id, limit);
    }

    private static Page page(Handle handle, String where, long room, long id, int limit) {
        List<Message> oneMore = handle.select(COLUMNS + where, room, id, limit + 1)
                .map(Messages::read)
                .list();
        boolean more = oneMore.size() > limit;
        return new Page(more ? oneMore.subList(0, limit) : oneMore, more);
    }

    private static Message read(ResultSet row, StatementContext context) throws SQLException {
        User user = new User(row.getString(4), row.getString(5), row.getBoolean(6));
        return new Message(row.getString(1), row.getLong(2), row.getString(3), user, row.getString(7), row.getLong(8));
    }
}
