package io.parley.socketio.interop;

import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Argument;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.server.AnyEventListener;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.ParentNamespace;
import io.parley.socketio.server.RemoteSocket;
import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The program of {@code scenario-server-api.cjs} on our library; a change here is a change there. */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that does not come is missing in the transcript
final class ScenarioApi {

    private ScenarioApi() {}

    /** Opens {@code /api}, {@code /early}, {@code /dynamic-…} and {@code /tenant-…}. */
    static void open(SocketIoServer io) {
        openApi(io.of("/api"));
        io.of("/early")
                .use(socket -> socket.emit("early", socket.isConnected()))
                .onConnection(ScenarioApi::welcome);
        openFamily(io.of(Pattern.compile("^/dynamic-\\w+$")));
        io.of((name, auth) -> {
                    if (name.equals("/failing")) {
                        throw new ConnectionRefused("failing");
                    }
                    return name.equals("/tenant-" + auth.string("key"));
                })
                .onConnection(ScenarioApi::welcome);
    }

    private static void openApi(Namespace api) {
        AtomicInteger heardFromItself = new AtomicInteger();
        api.onServerSide("from another server", (args, ack) -> heardFromItself.incrementAndGet());
        api.onConnection(socket -> {
            socket.on("tell the other servers", (args, ack) -> {
                api.serverSideEmit("from another server", 1);
                ack.send(heardFromItself.get());
            });
            welcome(socket);
        });
    }

    private static void openFamily(ParentNamespace family) {
        family.use(socket -> {
            if (socket.namespace().name().equals("/dynamic-closed")) {
                throw new ConnectionRefused("not this one");
            }
        });
        family.onConnection(socket -> {
            socket.on("tell the family", (args, ack) -> family.emit("told", args.get(0)));
            welcome(socket);
        });
    }

    private static void welcome(Socket socket) {
        answerAboutListeners(socket);
        sendInOtherWays(socket.namespace(), socket);
        manageOthers(socket.namespace(), socket);
        ScenarioServer.onConnection(socket.namespace(), socket);
    }

    private static void answerAboutListeners(Socket socket) {
        List<List<Object>> heard = new ArrayList<>(); // all of it happens in the order of the socket
        AnyEventListener first = (event, args) -> heard.add(List.of("in 1", event, args.size()));
        AnyEventListener second = (event, args) -> heard.add(List.of("in 2", event, args.size()));
        AnyEventListener outFirst = (event, args) -> heard.add(List.of("out 1", event, args.size()));
        AnyEventListener outSecond = (event, args) -> heard.add(List.of("out 2", event, args.size()));
        socket.on("listen", (args, ack) -> {
            socket.onAny(second).prependAny(first);
            socket.onAnyOutgoing(outSecond).prependAnyOutgoing(outFirst);
            ack.send(countListeners(socket));
        });
        socket.on("listen less", (args, ack) -> {
            socket.offAny(first).offAnyOutgoing(outFirst);
            ack.send(countListeners(socket));
        });
        socket.on("listen no more", (args, ack) -> {
            socket.offAny().offAnyOutgoing();
            ack.send(countListeners(socket));
        });
        socket.on("heard", (args, ack) -> {
            ack.send(List.copyOf(heard));
            heard.clear();
        });
    }

    private static List<Integer> countListeners(Socket socket) {
        return List.of(
                socket.listenersAny().size(), socket.listenersAnyOutgoing().size());
    }

    private static void sendInOtherWays(Namespace io, Socket socket) {
        socket.on("message", (args, ack) -> {
            List<@Nullable Object> answer = new ArrayList<>(List.of("got"));
            answer.addAll(Arrays.asList(ScenarioServer.all(args)));
            socket.send(answer.toArray());
        });
        socket.on("send", (args, ack) -> io.send(ScenarioServer.all(args)));
        socket.on("uncompressed", (args, ack) -> {
            socket.compress(false).emit("told", ScenarioServer.all(args));
            io.compress(false).emit("told", ScenarioServer.all(args));
        });
        socket.on("fleeting", (args, ack) -> io.to(socket.id()).asVolatile().emit("told", args.get(0)));
        socket.on("collect", (args, ack) -> io.timeout(Duration.ofMillis(args.integer(1)))
                .emitWithAck("question", args.get(0))
                .whenComplete((answers, error) -> {
                    if (error instanceof AckTimeoutException timeout) {
                        ack.send(timeout.getMessage(), firsts(timeout.replies()));
                    } else {
                        ack.send(firsts(answers));
                    }
                }));
        socket.on("ask me soon", (args, ack) -> socket.timeout(Duration.ofMillis(args.integer(0)))
                .emitWithAck("question")
                .whenComplete((answer, error) -> ack.send(error == null ? answer.get(0) : error.getMessage())));
    }

    private static List<@Nullable Object> firsts(List<Arguments> answers) {
        List<@Nullable Object> firsts = new ArrayList<>();
        answers.forEach(answer -> firsts.add(answer.get(0)));
        return firsts;
    }

    private static void manageOthers(Namespace io, Socket socket) {
        socket.on("remember", (args, ack) -> {
            socket.data().put("value", Objects.requireNonNull(args.get(0)));
            ack.send();
        });
        socket.on("move some", (args, ack) -> {
            io.in(texts(args, 0)).except(args.string(1)).socketsJoin(texts(args, 2));
            ack.send();
        });
        socket.on("all leave", (args, ack) -> {
            io.socketsLeave(texts(args, 0));
            ack.send();
        });
        socket.on("look up", (args, ack) -> io.in(args.string(0))
                .fetchSockets()
                .thenAccept(found ->
                        ack.send(found.stream().map(ScenarioApi::describe).toList())));
        socket.on("meet", (args, ack) -> io.in(args.string(0)).fetchSockets().thenAccept(found -> {
            for (RemoteSocket one : found) {
                one.join("met");
                one.leave(args.string(0));
                one.emit("told", "we met");
            }
            ack.send();
        }));
        socket.on("part", (args, ack) -> io.in(args.string(0))
                .fetchSockets()
                .thenAccept(found -> found.forEach(one -> one.disconnect(false))));
    }

    private static List<Object> describe(RemoteSocket one) {
        List<String> others = one.rooms().stream()
                .filter(room -> !room.equals(one.id()))
                .sorted()
                .toList();
        return List.of(one.id(), others, one.data(), one.handshake().query().get("EIO"));
    }

    /** One text, or a list of them. */
    static String[] texts(Arguments args, int index) {
        return args.kind(index) == Argument.Kind.ARRAY
                ? args.as(index, String[].class)
                : new String[] {args.string(index)};
    }
}
