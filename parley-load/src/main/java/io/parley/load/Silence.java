package io.parley.load;

/** Clients that are connected, answer heartbeats, and do nothing. Confined to the loop. */
final class Silence extends Work {

    Silence(Run run) {
        super(run);
        stop();
    }

    @Override
    void begin() {}

    @Override
    void onArrival(Client client, int number) {}

    @Override
    void onArrivalUnnumbered(Client client) {}

    @Override
    void onBatchEnd(Client client) {}

    @Override
    long missing() {
        return 0;
    }

    @Override
    String what() {
        return "messages";
    }
}
