package io.parley.load;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests one after the other, over one connection as long as the server leaves it open, and then over the next.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class HttpLine implements HttpPipe.Owner {

    private final Run run;
    private final Consumer<HttpAnswer> answers;
    private final Consumer<LoadException> failures;
    private @Nullable HttpPipe pipe; // null while there is no connection
    private boolean closed;

    HttpLine(Run run, Consumer<HttpAnswer> answers, Consumer<LoadException> failures) {
        this.run = run;
        this.answers = answers;
        this.failures = failures;
    }

    /** Sends a request. Taken. */
    void send(ByteBuf request) {
        HttpPipe open = pipe;
        if (open == null) {
            open = new HttpPipe(run, this);
            pipe = open;
            open.open();
        }
        open.send(request);
    }

    boolean isBusy() {
        return pipe != null && pipe.isBusy();
    }

    @Override
    public void onAnswer(HttpAnswer answer) {
        answers.accept(answer);
    }

    @Override
    public void onFailure(LoadException failure) {
        failures.accept(failure);
    }

    @Override
    public void onEnd(@Nullable ByteBuf unanswered) {
        pipe = null;
        if (unanswered != null) {
            send(unanswered);
        }
    }

    void close() {
        if (!closed && pipe != null) {
            pipe.close();
        }
        closed = true;
    }
}
