package io.parley.cli.connect;

import io.parley.websocket.client.WebSocketBuilder;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** A conversation over standard streams: lines out, messages in. */
public final class Scripted {

    private Scripted() {}

    /**
     * Connects, and returns when the connection is closed or nobody reads what comes any more.
     *
     * @param name of the command, before each line on standard error
     * @return the exit code, see {@link ExitCodes}
     */
    public static int run(WebSocketBuilder builder, Plan plan, Streams streams, String name) {
        Complaints complaints = complaint -> {
            if (!plan.quiet()) {
                streams.err().println(name + ": " + complaint);
                streams.err().flush();
            }
        };
        Display display = plan.json()
                ? new JsonDisplay(streams.out(), plan.binaryForm(), Clock.systemUTC())
                : new LineDisplay(streams.out(), complaints, plan.binaryForm());
        CompletableFuture<Conversation> begun = new CompletableFuture<>();
        Conversation conversation = Conversation.begin(
                builder,
                plan,
                display,
                () -> startReading(new LineInput(begun.join(), plan, streams.in(), complaints)));
        begun.complete(conversation);
        return conversation.await();
    }

    private static void startReading(LineInput input) {
        Thread reader = new Thread(input, "parley-input");
        reader.setDaemon(true); // a read of standard input cannot be ended
        reader.start();
    }
}
