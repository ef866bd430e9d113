package io.parley.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some clients send, and each message comes to all, its sender too. Confined to the loop. */
final class FanOut extends Work {

    private final List<Client> senders;
    private final int window; // of each sender at the beginning
    private final int copies;
    private final @Nullable Pace pace; // null in a closed loop
    private int unanswered; // deliveries without a number since the last message was sent

    /** A closed loop: a message that has come to all makes room for another. */
    FanOut(Run run, int senderCount, int window) {
        super(run);
        senders = run.clients().subList(0, senderCount);
        copies = run.clients().size();
        this.window = window;
        pace = null;
    }

    /** An open loop. */
    FanOut(Run run, int senderCount, double perSecond) {
        super(run);
        senders = run.clients().subList(0, senderCount);
        copies = run.clients().size();
        window = 0;
        pace = new Pace(run, senders, copies, perSecond);
    }

    @Override
    void begin() {
        run().clients().forEach(client -> client.begin(-1));
        for (Client sender : senders) {
            send(sender, window);
        }
        if (pace != null) {
            pace.begin();
        }
    }

    private void send(Client sender, int count) {
        for (int i = 0; i < count; i++) {
            sender.send(copies, run().nowNanos());
        }
        sender.flush();
    }

    @Override
    void onArrival(Client client, int number) {
        if (senders.size() == 1 && number != client.last() + 1) {
            throw new LoadException("The server sent message " + number + " to client " + (client.index() + 1)
                    + " after message " + client.last() + " (expected: each once, in the order of their sending)");
        }
        client.arrived(number);
        UnderWay underWay = run().underWay();
        run().tally().done(run().nowNanos() - underWay.time(number));
        Client sender = underWay.sender(number);
        if (underWay.arrived(number) && sender != null) {
            sender.owe();
        }
    }

    @Override
    void onArrivalUnnumbered(Client client) {
        client.arrived(0);
        run().tally().done();
        run().underWay().arrivedUnnumbered();
        if (++unanswered == copies) {
            unanswered = 0;
            senders.get(0).owe();
        }
    }

    @Override
    void onBatchEnd(Client client) {
        if (pace == null && !isStopped()) {
            for (Client sender : senders) {
                int due = sender.takeDue();
                if (due > 0) {
                    send(sender, due);
                }
            }
        }
        checkOver();
    }

    @Override
    void stop() {
        if (pace != null) {
            pace.stop();
        }
        super.stop();
    }

    /** What is missing for one client and came twice for another is missing. */
    @Override
    void checkAll() {
        for (Client client : run().clients()) {
            if (client.arrivals() != run().underWay().begun()) {
                throw new LoadException(
                        "The server sent " + client.arrivals() + " messages to client " + (client.index() + 1)
                                + " (expected: " + run().underWay().begun() + ", one of each)");
            }
        }
    }

    @Override
    String what() {
        return "deliveries";
    }
}
