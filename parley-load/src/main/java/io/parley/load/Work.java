package io.parley.load;

import java.util.concurrent.CompletableFuture;

/**
 * A {@link Flow} under way: it sends, and takes what arrives for it.
 *
 * <p><b>Threading.</b> Confined to the loop, but for {@link #over}.
 */
abstract class Work {

    private final Run run;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean stopped;

    Work(Run run) {
        this.run = run;
    }

    final Run run() {
        return run;
    }

    /** Sends the first messages. */
    abstract void begin();

    /** A message that was under way has come to a client. */
    abstract void onArrival(Client client, int number);

    /** A message without a number has come to a client. */
    abstract void onArrivalUnnumbered(Client client);

    /** All that was read of a client at once has arrived. */
    abstract void onBatchEnd(Client client);

    /** How much is missing. */
    long missing() {
        return run.underWay().missing();
    }

    /** What is missing, for an error. */
    abstract String what();

    /** Sends no more. */
    void stop() {
        stopped = true;
        checkOver();
    }

    final boolean isStopped() {
        return stopped;
    }

    /** Done when it was stopped and nothing is missing. */
    final CompletableFuture<Void> over() {
        return over;
    }

    /** To be called when less is missing. */
    final void checkOver() {
        if (stopped && missing() == 0 && !over.isDone()) {
            checkAll();
            over.complete(null);
        }
    }

    /**
     * Looks once more, at the end.
     *
     * @throws LoadException if something did not come as it should
     */
    void checkAll() {}
}
