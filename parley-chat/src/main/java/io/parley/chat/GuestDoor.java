package io.parley.chat;

import static java.util.Objects.requireNonNull;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.ChatException.Code;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;
import io.parley.socketio.Ack;
import io.parley.socketio.Argument;
import io.parley.socketio.Arguments;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The way into the lobby for any plain Socket.IO client, as in every tutorial: it emits {@code chat message} with a
 * text, and receives what anybody says in the lobby in the same form.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class GuestDoor {

    static final String MESSAGE = "chat message";

    private static final String ERROR = "chat error";
    private static final String VISITOR = "visitor";

    private final Chat chat;
    private final Reception reception;
    private final Attendance attendance;
    private final Floods floods;
    private final Room lobby;

    GuestDoor(Chat chat, Reception reception, Attendance attendance, Floods floods, Room lobby) {
        this.chat = chat;
        this.reception = reception;
        this.attendance = attendance;
        this.floods = floods;
        this.lobby = lobby;
    }

    /** Lets guests in, or tells them that they are not let in. */
    void open(Namespace namespace, boolean letIn) {
        namespace.use(letIn ? this::admit : GuestDoor::refuse);
        namespace.onConnection(this::welcome);
    }

    private static void refuse(Socket socket) {
        throw ChatDoor.refused(new ChatException(
                Code.GUESTS_OFF,
                "This chat takes no guests: connect to the namespace " + ChatDoor.NAMESPACE + " with a name."));
    }

    private void admit(Socket socket) {
        try {
            socket.data().put(VISITOR, reception.admitGuest(socket.handshake().address()));
        } catch (ChatException e) {
            throw ChatDoor.refused(e);
        }
    }

    private void welcome(Socket socket) {
        Visitor visitor = (Visitor) requireNonNull(socket.data().get(VISITOR), VISITOR);
        User guest = visitor.user();
        socket.on(MESSAGE, (args, ack) -> answerLater(socket, ack, say(visitor, args)));
        socket.onDisconnect(reason -> attendance.dismiss(guest));
        attendance.arrive(guest, new GuestTab(socket.id()), List.of(lobby.id()), false);
    }

    private CompletableFuture<?> say(Visitor visitor, Arguments args) {
        try {
            floods.message(visitor.user(), visitor.address());
            if (args.kind(0) != Argument.Kind.STRING) {
                throw new ChatException(Code.INVALID, "The message is no string: send its text.");
            }
            return chat.say(visitor.user(), Room.LOBBY, UUID.randomUUID().toString(), args.string(0));
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void answerLater(Socket socket, Ack ack, CompletableFuture<?> reply) {
        CompletableFuture<?> unused = reply.whenComplete((said, failure) -> {
            Object answer = failure == null ? said : Views.Refused.of(Chat.refusalFor(failure));
            ack.send(answer);
            if (failure != null) {
                socket.emit(ERROR, answer);
            }
        });
    }

    /** What is told in rooms goes to people with a name; guests hear the lobby in their own form. */
    private record GuestTab(String id) implements Audience.Tab {

        @Override
        public void enter(Room room) {
            // The namespace of the guests is the lobby.
        }
    }
}
