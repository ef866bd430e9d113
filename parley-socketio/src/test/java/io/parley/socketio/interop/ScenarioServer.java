package io.parley.socketio.interop;

import io.parley.socketio.Ack;
import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.packet.JsonPacketParser;
import io.parley.socketio.packet.PacketParser;
import io.parley.socketio.server.Broadcaster;
import io.parley.socketio.server.Handshake;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The program of {@code scenario-server.cjs} on our library; a change here is a change there. */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that does not come is missing in the transcript
final class ScenarioServer implements AutoCloseable {

    /** One scenario waits for it; it is long enough for a Node that plays many at once on a busy machine. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(6);

    private final HttpServer http;
    private final SocketIoServer io;

    private ScenarioServer(HttpServer http, SocketIoServer io) {
        this.http = http;
        this.io = io;
    }

    /** With the heartbeat of the official server. */
    static ScenarioServer start() {
        return start(SocketIoOptions.defaults());
    }

    /** With the quick heartbeat that the scenarios wait for. */
    static ScenarioServer startImpatient() {
        return startImpatient(JsonPacketParser::new);
    }

    /** The same with another parser. */
    static ScenarioServer startImpatient(PacketParser.Factory parser) {
        return start(SocketIoOptions.builder()
                .parser(parser)
                .engine(engine -> engine.pingInterval(Duration.ofMillis(500))
                        .pingTimeout(PING_TIMEOUT)
                        .allowEIO3(true))
                .build());
    }

    /** One that soon gives up on clients of a test that vanish without a word. */
    static ScenarioServer startForVanishing() {
        return start(SocketIoOptions.builder()
                .engine(engine -> engine.pingInterval(Duration.ofMillis(500))
                        .pingTimeout(Duration.ofSeconds(1))
                        .closeTimeout(Duration.ofSeconds(1)))
                .build());
    }

    /** With options of the test's own. */
    static ScenarioServer start(SocketIoOptions options) {
        return start(HttpServer.builder(), options);
    }

    static ScenarioServer start(HttpServer.Builder builder, SocketIoOptions options) {
        HttpServer http = builder.host("127.0.0.1").port(0).build();
        SocketIoServer io = SocketIoServer.attach(http, options);
        io.onConnection(socket -> onConnection(io.sockets(), socket));
        Namespace locked = io.of("/private");
        locked.use(ScenarioServer::expectToken);
        io.of("/closed").use(socket -> {
            throw new ConnectionRefused("closed");
        });
        locked.onConnection(socket -> onConnection(locked, socket));
        ScenarioApi.open(io);
        http.start();
        return new ScenarioServer(http, io);
    }

    int port() {
        return http.port();
    }

    HttpServer http() {
        return http;
    }

    SocketIoServer io() {
        return io;
    }

    @Override
    public void close() {
        http.close();
    }

    /** A record, since its order is the same in every run; that of {@code Map.of} is not. */
    record Refusal(boolean retry, Object seen) {}

    private static void expectToken(Socket socket) {
        if (!"secret".equals(socket.handshake().auth().string("token"))) {
            Object seen = socket.handshake().auth().values();
            throw new ConnectionRefused("unauthorized", new Refusal(false, seen));
        }
    }

    static void onConnection(Namespace io, Socket socket) {
        socket.use(event -> {
            if (event.name().equals("forbidden")) {
                throw new IllegalArgumentException("not this event");
            }
        });
        socket.onError(error -> socket.emit("refused", error.getMessage()));
        answerQuestions(socket);
        manageRooms(io, socket);
        sendToRooms(io, socket);
        endConnections(io, socket);
        socket.emit("hello", socket.id());
    }

    private static void answerQuestions(Socket socket) {
        socket.on("echo", (args, ack) -> echo(socket, args, ack));
        socket.on("silence", (args, ack) -> {});
        socket.on("ask", (args, ack) -> socket.timeout(Duration.ofSeconds(5))
                .emitWithAck("question", args.get(0))
                .thenAccept(answer -> socket.emit("answered", answer.get(0))));
        socket.on("ask in vain", (args, ack) -> socket.timeout(Duration.ofMillis(50))
                .emitWithAck("nobody answers this")
                .whenComplete((answer, error) -> socket.emit("no answer", error.getMessage())));
        socket.on("count any", (args, ack) -> {
            AtomicInteger count = new AtomicInteger();
            socket.onAny((event, any) -> socket.emit("any", count.incrementAndGet(), event, any.size()));
            ack.send();
        });
        socket.on("make", (args, ack) -> ack.send(Made.SAMPLE));
        socket.on("handshake", (args, ack) -> ack.send(describe(socket.handshake())));
    }

    /** What the server makes itself, of Java's values. */
    @SuppressWarnings("ArrayRecordComponent") // bytes inside of a record are what is tested
    record Made(Instant date, byte[] bytes, double number, List<@Nullable Object> list) {

        static final Made SAMPLE =
                new Made(Instant.ofEpochSecond(86_400), new byte[] {1, 2}, 1.5, Arrays.asList(null, true, "ü"));
    }

    private static void echo(Socket socket, Arguments args, Ack ack) {
        if (ack.isRequested()) {
            ack.send(all(args));
        } else {
            socket.emit("echo", all(args));
        }
    }

    static @Nullable Object[] all(Arguments args) {
        return IntStream.range(0, args.size()).mapToObj(args::get).toArray();
    }

    private static Map<String, Object> describe(Handshake handshake) {
        Map<String, Object> described = new java.util.LinkedHashMap<>();
        described.put("auth", handshake.auth().values());
        described.put("EIO", handshake.query().get("EIO"));
        described.put("extra", handshake.query().get("extra"));
        described.put("xdomain", handshake.xdomain());
        described.put("secure", handshake.secure());
        described.put("address", handshake.address());
        return described;
    }

    private static void manageRooms(Namespace io, Socket socket) {
        socket.on("join", (args, ack) -> {
            socket.join(ScenarioApi.texts(args, 0));
            ack.send();
        });
        socket.on("leave", (args, ack) -> {
            socket.leave(args.string(0));
            ack.send();
        });
        socket.on("rooms", (args, ack) -> ack.send(socket.rooms()));
        socket.on("move all", (args, ack) -> {
            io.in(args.string(0)).socketsJoin(args.string(1));
            io.in(args.string(0)).socketsLeave(args.string(0));
            ack.send();
        });
        socket.on("fetch", (args, ack) -> io.in(args.string(0))
                .fetchSockets()
                .thenAccept(found -> ack.send(found.stream()
                        .map(one -> List.of(one.id(), one.rooms()))
                        .toList())));
    }

    private static void sendToRooms(Namespace io, Socket socket) {
        socket.on("to", (args, ack) -> socket.to(args.string(0)).emit("told", args.get(1)));
        socket.on("in", (args, ack) -> io.in(args.string(0)).emit("told", args.get(1)));
        socket.on(
                "two rooms",
                (args, ack) -> io.to(args.string(0)).to(args.string(1)).emit("told", args.get(2)));
        socket.on("except", (args, ack) -> io.except(args.string(0)).emit("told", args.get(1)));
        socket.on("broadcast", (args, ack) -> socket.broadcast().emit("told", all(args)));
        socket.on("everybody", (args, ack) -> io.emit("told", all(args)));
        socket.on("volatile", (args, ack) -> socket.asVolatile().emit("told", args.get(0)));
        socket.on("ask room", (args, ack) -> askRoom(io.to(args.string(0)), args.integer(1), ack));
    }

    private static void askRoom(Broadcaster room, int timeoutMillis, Ack ack) {
        room.timeout(Duration.ofMillis(timeoutMillis))
                .emitWithAck("question", "all?")
                .whenComplete((answers, error) -> {
                    if (error instanceof AckTimeoutException timeout) {
                        ack.send(timeout.getMessage(), firsts(timeout.replies()));
                    } else {
                        ack.send(firsts(answers));
                    }
                });
    }

    private static List<String> firsts(List<Arguments> answers) {
        return answers.stream().map(answer -> answer.string(0)).sorted().toList();
    }

    private static void endConnections(Namespace io, Socket socket) {
        socket.on("throw out", (args, ack) -> io.in(args.string(0)).disconnectSockets(args.bool(1)));
        socket.on("bye", (args, ack) -> socket.disconnect(args.bool(0)));
        socket.onDisconnecting(reason -> {
            List<String> left = socket.rooms().stream()
                    .filter(room -> !room.equals(socket.id()))
                    .sorted()
                    .toList();
            io.to("observers").emit("leaving", socket.id(), reason.text(), left);
        });
        socket.onDisconnect(reason -> io.to("observers")
                .emit("gone", socket.id(), reason.text(), socket.rooms().size()));
    }
}
