package io.parley.load;

import java.util.concurrent.CompletableFuture;

/** Clients that come to stay, so many at a time. Confined to the loop, but for {@link #done}. */
final class Connecting implements Client.Opener {

    private final Run run;
    private final int wanted;
    private final Tally tally = new Tally();
    private final CompletableFuture<Figures> done = new CompletableFuture<>();
    private int begun;
    private int connected;

    Connecting(Run run, int wanted) {
        this.run = run;
        this.wanted = wanted;
    }

    void begin() {
        for (int i = Math.min(wanted, run.target().connecting()); i > 0; i--) {
            beginOne();
        }
    }

    private void beginOne() {
        begun++;
        run.open(this);
    }

    @Override
    public void onConnected(Client client, long nanos) {
        tally.done(nanos);
        run.clients().add(client);
        connected++;
        if (begun < wanted) {
            beginOne();
        } else if (connected == wanted) {
            done.complete(tally.figures());
        }
    }

    CompletableFuture<Figures> done() {
        return done;
    }
}
