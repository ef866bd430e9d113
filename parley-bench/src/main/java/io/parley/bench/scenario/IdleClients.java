package io.parley.bench.scenario;

import io.parley.bench.process.ChildProcess;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.io.IOException;
import java.util.List;

/**
 * The program of clients that have an acknowledgement each and then do nothing but answer heartbeats, until it is ended. Its
 * arguments: the server's port, and how many they are.
 */
public final class IdleClients {

    private IdleClients() {}

    /** Runs it. */
    public static void main(String... args) throws IOException {
        Target target = Target.builder("http://127.0.0.1:" + args[0])
                .wire(Wire.SOCKETIO_WEBSOCKET)
                .build();
        int count = Integer.parseInt(args[1]);
        try (Load load = new Load(target)) {
            load.connect(count);
            load.start(Flow.once(Idle.ACKNOWLEDGED));
            load.finish();
            ChildProcess.say(count);
            ChildProcess.awaitEnd();
        }
    }

    /** Starts it; all have had their acknowledgement when this returns. */
    static ChildProcess start(int port, int count) throws IOException {
        return ChildProcess.start(
                List.of(), List.of(), IdleClients.class, Integer.toString(port), Integer.toString(count));
    }
}
