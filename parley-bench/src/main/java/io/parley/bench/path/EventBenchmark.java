package io.parley.bench.path;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way through a server: from the bytes of one read, in which there is one event, to the bytes that leave.
 * Handlers run on the event loop here, so this is what the way itself costs; {@link MailboxBenchmark} says what it costs
 * to run them elsewhere.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EventBenchmark {

    /** What the event brings. */
    @Param({"text-64", "text-1k"})
    public String argument;

    private OfflineClient client;
    private ByteBuf told;
    private ByteBuf asked;
    private ByteBuf said;

    /** Connects a client. */
    @Setup
    public void setUp() {
        SocketIoServer io = SocketIoServer.create(
                SocketIoOptions.builder().handlerExecutor(Runnable::run).build());
        io.onConnection(socket -> {
            socket.on("hear", (args, ack) -> {});
            socket.on("ask", (args, ack) -> ack.send(args.get(0)));
            socket.on("say", (args, ack) -> io.emit("said", args.get(0)));
        });
        client = OfflineClient.connect(io);
        String text = "x".repeat(argument.equals("text-1k") ? 1024 : 64);
        told = frame("42[\"hear\",\"" + text + "\"]");
        asked = frame("427[\"ask\",\"" + text + "\"]");
        said = frame("42[\"say\",\"" + text + "\"]");
    }

    /** Releases what the client sends. */
    @TearDown
    public void tearDown() {
        told.release();
        asked.release();
        said.release();
    }

    private static ByteBuf frame(String message) {
        return Unpooled.directBuffer().writeBytes(OfflineClient.frame(message.getBytes(UTF_8)));
    }

    /** A handler hears of it. */
    @Benchmark
    public void hear() {
        client.send(told);
    }

    /** It is acknowledged with what it brought. */
    @Benchmark
    public void acknowledge() {
        client.send(asked);
    }

    /** It is passed on to everybody, which is one client here. */
    @Benchmark
    public void broadcast() {
        client.send(said);
    }
}
