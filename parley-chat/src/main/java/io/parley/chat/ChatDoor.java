package io.parley.chat;

import static java.util.Objects.requireNonNull;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.User;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the chat room for people with a name: the namespace that the page talks to.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ChatDoor {

    static final String NAMESPACE = "/chat";

    private static final Logger log = LoggerFactory.getLogger(ChatDoor.class);
    private static final String VISITOR = "visitor";

    private final Chat chat;
    private final Reception reception;
    private final Attendance attendance;
    private final Floods floods;
    private final boolean guests;

    ChatDoor(Chat chat, Reception reception, Attendance attendance, Floods floods, boolean guests) {
        this.chat = chat;
        this.reception = reception;
        this.attendance = attendance;
        this.floods = floods;
        this.guests = guests;
    }

    void open(Namespace namespace) {
        namespace.use(this::admit);
        namespace.onConnection(this::welcome);
    }

    private void admit(Socket socket) {
        try {
            Optional<String> name =
                    Optional.ofNullable(socket.handshake().auth().string("name"));
            Optional<String> session =
                    Optional.ofNullable(socket.handshake().auth().string("session"));
            socket.data()
                    .put(
                            VISITOR,
                            reception.admit(name, session, socket.handshake().address()));
        } catch (ChatException e) {
            throw refused(e);
        }
    }

    static ConnectionRefused refused(ChatException e) {
        return new ConnectionRefused(
                String.valueOf(e.getMessage()), Map.of("code", e.code().text()));
    }

    private void welcome(Socket socket) {
        Visitor visitor = (Visitor) requireNonNull(socket.data().get(VISITOR), VISITOR);
        User user = visitor.user();
        answerRequests(socket, visitor);
        socket.onDisconnect(reason -> attendance.depart(user, socket.id()));
        Map<Long, Long> saved;
        try {
            saved = chat.remember(user);
        } catch (ChatException e) {
            socket.connection().close(); // as if the network had failed: the client comes back by itself, later
            return;
        }
        attendance.arrive(user, SocketAudience.tab(socket, user), saved.keySet(), visitor.resumed());
        socket.emit(
                "welcome",
                new Views.Welcome(user, reception.session(user), chat.rooms(user), guests, Views.Limits.OURS));
    }

    private void answerRequests(Socket socket, Visitor visitor) {
        User user = visitor.user();
        on(socket, user, "rooms", args -> new Views.RoomList(true, chat.rooms(user)));
        on(socket, user, "create", args -> create(user, Request.of(args)));
        on(socket, user, "join", args -> chat.join(user, Request.of(args).string("room")));
        on(socket, user, "leave", args -> chat.leave(user, Request.of(args).string("room")));
        on(socket, user, "history", args -> history(user, Request.of(args)));
        on(socket, user, "read", args -> read(user, Request.of(args)));
        on(socket, user, "typing", args -> typing(user, Request.of(args)));
        socket.on("say", (args, ack) -> answerLater(ack, say(visitor, args)));
    }

    private Object create(User user, Request request) {
        floods.room(user);
        return chat.create(user, request.string("room"));
    }

    private Object history(User user, Request request) {
        return chat.history(
                user,
                request.string("room"),
                request.optionalInteger("before"),
                request.optionalInteger("after"),
                request.optionalInteger("limit"));
    }

    private Object read(User user, Request request) {
        return chat.read(user, request.string("room"), request.integer("id"));
    }

    private Object typing(User user, Request request) {
        return chat.typing(user, request.string("room"), request.bool("typing"));
    }

    private CompletableFuture<Views.Said> say(Visitor visitor, Arguments args) {
        try {
            floods.message(visitor.user(), visitor.address());
            Request request = Request.of(args);
            return chat.say(visitor.user(), request.string("room"), request.key(), request.string("text"));
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void answerLater(Ack ack, CompletableFuture<?> reply) {
        CompletableFuture<?> unused = reply.whenComplete(
                (said, failure) -> ack.send(failure == null ? said : Views.Refused.of(Chat.refusalFor(failure))));
    }

    private void on(Socket socket, User user, String event, Answer answer) {
        socket.on(event, (args, ack) -> ack.send(answerTo(user, args, answer)));
    }

    private Object answerTo(User user, Arguments args, Answer answer) {
        try {
            floods.request(user);
            return answer.to(args);
        } catch (ChatException e) {
            return Views.Refused.of(e);
        } catch (RuntimeException e) {
            log.error("A request of {} failed", user.id(), e);
            return Views.Refused.of(Chat.refusalFor(e));
        }
    }

    private interface Answer {
        Object to(Arguments args);
    }
}
