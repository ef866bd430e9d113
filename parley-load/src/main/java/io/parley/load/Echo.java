package io.parley.load;

import org.jspecify.annotations.Nullable;

/** Each client sends, and gets an answer to each message: an echo, or an acknowledgement. Confined to the loop. */
class Echo extends Work {

    private final int window; // of each client at the beginning
    private final @Nullable Pace pace; // null in a closed loop

    /** A closed loop: each answer makes room for another message. */
    Echo(Run run, int window) {
        super(run);
        this.window = window;
        pace = null;
    }

    /** An open loop. */
    Echo(Run run, double perSecond) {
        super(run);
        window = 0;
        pace = new Pace(run, run.clients(), 1, perSecond);
    }

    /** One message of each client. */
    static Echo once(Run run) {
        return new Echo(run, 1) {
            @Override
            void begin() {
                super.begin();
                stop();
            }
        };
    }

    @Override
    void begin() {
        for (Client client : run().clients()) {
            client.begin(0);
            send(client, window);
        }
        if (pace != null) {
            pace.begin();
        }
    }

    private void send(Client client, int count) {
        for (int i = 0; i < count; i++) {
            client.send(1, run().nowNanos());
        }
        client.flush();
    }

    @Override
    void onArrival(Client client, int number) {
        UnderWay underWay = run().underWay();
        if (!client.equals(underWay.sender(number))) {
            throw new LoadException("The server sent message " + Integer.toUnsignedString(number)
                    + " to another client than its sender (expected: to its sender)");
        }
        run().tally().done(run().nowNanos() - underWay.time(number));
        underWay.arrived(number);
        client.owe();
    }

    @Override
    void onArrivalUnnumbered(Client client) {
        run().tally().done();
        run().underWay().arrivedUnnumbered();
        client.owe();
    }

    @Override
    void onBatchEnd(Client client) {
        int due = client.takeDue();
        if (due > 0 && pace == null && !isStopped()) {
            send(client, due);
        }
        checkOver();
    }

    @Override
    String what() {
        return "answers";
    }

    @Override
    void stop() {
        if (pace != null) {
            pace.stop();
        }
        super.stop();
    }
}
