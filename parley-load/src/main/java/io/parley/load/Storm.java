package io.parley.load;

/** Clients connect, leave, and others come in their place. Confined to the loop. */
final class Storm extends Work implements Client.Opener {

    private final int width; // clients that are being connected at the same time
    private int leaving;

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
        leaving++;
        run().loop().execute(() -> leave(client)); // when what it has read is done with
    }

    private void leave(Client client) {
        leaving--;
        client.close();
        if (!isStopped()) {
            run().open(this);
        }
        checkOver();
    }

    @Override
    void onArrival(Client client, int number) {}

    @Override
    void onArrivalUnnumbered(Client client) {}

    @Override
    void onBatchEnd(Client client) {}

    @Override
    long missing() {
        return (long) run().opening() + leaving;
    }

    @Override
    String what() {
        return "connections";
    }
}
