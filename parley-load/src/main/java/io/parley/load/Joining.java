package io.parley.load;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages until one has come to everybody: a server may take a client up after it has answered its handshake.
 * Confined to the loop.
 */
final class Joining extends Work {

    static final int MOST_MESSAGES = 32;
    private static final long PAUSE_SECONDS = 1; // without an arrival, before the next message is sent

    private final int[] arrivals = new int[MOST_MESSAGES]; // by number
    private int attempts;
    private boolean arrivedSince; // the last look
    private @Nullable Future<?> next; // null before it begins

    Joining(Run run) {
        super(run);
    }

    @Override
    void begin() {
        next = run().loop().scheduleAtFixedRate(this::attempt, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void attempt() {
        if (!arrivedSince && attempts < MOST_MESSAGES && !run().hasFailed()) {
            attempts++;
            Client sender = run().clients().get(0);
            sender.send(run().clients().size(), System.nanoTime());
            sender.flush();
        }
        arrivedSince = false;
    }

    @Override
    void onArrival(Client client, int number) {
        run().underWay().arrived(number);
        arrived(number);
    }

    @Override
    void onArrivalUnnumbered(Client client) {
        arrived(attempts - 1);
    }

    private void arrived(int attempt) {
        arrivedSince = true;
        if (++arrivals[attempt] == run().clients().size()) {
            stop();
        }
    }

    @Override
    void onBatchEnd(Client client) {}

    @Override
    void stop() {
        if (next != null) {
            next.cancel(false);
        }
        super.stop();
    }

    /** Those that somebody missed do not matter any more. */
    @Override
    long missing() {
        return isStopped() ? 0 : run().underWay().missing();
    }

    @Override
    String what() {
        return "deliveries of the first messages";
    }
}
