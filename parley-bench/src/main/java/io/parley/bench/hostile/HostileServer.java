package io.parley.bench.hostile;

import io.parley.bench.process.ChildProcess;
import io.parley.socketio.server.RateLimits;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The program of the server under attack: everything at its default, on one event loop. It acknowledges {@code ask}, takes
 * {@code flood}, and sends a kilobyte a thousand times a second to whoever asks for it with {@code subscribe}. Says its
 * port, and ends with its standard input.
 */
public final class HostileServer {

    /** The argument for a server that limits what each socket sends. */
    public static final String LIMITED = "limited";

    private static final int BROADCASTS_A_SECOND = 1_000;
    private static final String KILOBYTE = "x".repeat(1_000);

    private HostileServer() {}

    /**
     * Runs it.
     *
     * @param args {@link #LIMITED}, or nothing
     */
    public static void main(String... args) throws IOException {
        SocketIoServer io = SocketIoServer.listen(0, options(Arrays.asList(args).contains(LIMITED)));
        io.onConnection(socket -> {
            socket.on("ask", (arguments, ack) -> ack.send());
            socket.on("flood", (arguments, ack) -> {});
            socket.on("subscribe", (arguments, ack) -> socket.join("crowd"));
        });
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        var unused = clock.scheduleAtFixedRate(
                () -> io.to("crowd").emit("news", KILOBYTE),
                0,
                TimeUnit.SECONDS.toMicros(1) / BROADCASTS_A_SECOND,
                TimeUnit.MICROSECONDS);
        ChildProcess.say(io.httpServer().orElseThrow().port());
        ChildProcess.awaitEnd();
    }

    private static SocketIoOptions options(boolean limited) {
        SocketIoOptions.Builder options = SocketIoOptions.builder();
        return limited
                ? options.rateLimits(RateLimits.builder().events(200, 400).build())
                        .build()
                : options.build();
    }
}
