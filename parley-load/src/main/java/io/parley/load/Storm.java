package io.parley.load;

import java.util.HashSet;
import java.util.Set;

/** Clients connect, leave, and others come in their place. Confined to the loop. */
final class Storm extends Work implements Client.Opener {

    private final int width; // clients that are being connected at the same time
    private final Set<Client> left = new HashSet<>(); // to be closed when what they read is done with

    Storm(Run run, int width) {
        super(run);
        this.width = width;
    }

    @Override
    void begin() {
        for (int i = 0; i < width; i++) {
            run().open(this);
        }
    }

    @Override
    public void onConnected(Client client, long nanos) {
        run().tally().done(nanos);
        left.add(client);
    }

    @Override
    void onArrival(Client client, int number) {}

    @Override
    void onArrivalUnnumbered(Client client) {}

    @Override
    void onBatchEnd(Client client) {
        if (left.remove(client)) {
            client.close();
            if (!isStopped()) {
                run().open(this);
            }
            checkOver();
        }
    }

    @Override
    long missing() {
        return run().opening();
    }

    @Override
    String what() {
        return "connections";
    }
}
