package io.parley.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link Load} has on its loop: the clients, what they are doing, and what came of it.
 *
 * <p><b>Threading.</b> Confined to the loop, but for the constructor and {@link #failure}.
 */
final class Run {

    private static final long WATCH_MILLIS = 100;

    private final Target target;
    private final Network network;
    private final Future<?> watching;
    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private final Set<Client> opening = new LinkedHashSet<>(); // the first began first
    private final CompletableFuture<Void> failure = new CompletableFuture<>(); // only ever fails
    private final Expected nothing = new Expected.Nothing(this);
    private int opened; // clients, ever
    private Work work = new Silence(this);
    private Expected expected = nothing;
    private Encoded encoded; // the messages of the flow
    private UnderWay underWay = new UnderWay(1, true);
    private long nowNanos = System.nanoTime(); // when what is being read was read
    private long progress; // arrivals and connections, ever
    private long progressSeen;
    private long progressNanos = System.nanoTime();

    Run(Target target, boolean epoll) {
        this.target = target;
        network = new Network(target, epoll);
        encoded = Encoded.none();
        watching =
                network.loop().scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    Target target() {
        return target;
    }

    Network network() {
        return network;
    }

    EventLoop loop() {
        return network.loop();
    }

    Tally tally() {
        return tally;
    }

    /** Those that stay, in the order in which they came. */
    List<Client> clients() {
        return clients;
    }

    /** Fails when the run does; never completes otherwise. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    boolean hasFailed() {
        return failure.isDone();
    }

    Work work() {
        return work;
    }

    Expected expected() {
        return expected;
    }

    Encoded encoded() {
        return encoded;
    }

    UnderWay underWay() {
        return underWay;
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Makes one client more, unless the run has failed. */
    void open(Client.Opener opener) {
        if (hasFailed()) {
            return;
        }
        Client client = target.wire().isSocketIo()
                ? new SocketIoClient(this, opened, opener)
                : new RawClient(this, opened, opener);
        opened++;
        opening.add(client);
        client.open();
    }

    void onConnected(Client client) {
        opening.remove(client);
        progress++;
    }

    /** What a client of Socket.IO says first. */
    String connectPacket() {
        return Encoded.Packet.head("40", target.namespace()) + target.auth();
    }

    /** Clients that are being connected. */
    int opening() {
        return opening.size();
    }

    /** Goes on with other work: with messages of that shape, of which so many may be missing. */
    void prepare(Messages messages, int mostUnderWay) {
        Payloads payloads = new Payloads(messages.payloadBytes());
        encoded = Encoded.of(messages, payloads, target);
        underWay = new UnderWay(mostUnderWay, encoded.areNumbered());
        expected = Expected.of(messages, payloads, this);
    }

    /** Has this done from now on. */
    void begin(Work next) {
        work = next;
        touch();
        next.begin();
    }

    /** The time is now. */
    void touch() {
        nowNanos = System.nanoTime();
    }

    /** Begins a message; its number. */
    int begin(Client sender, int copies, long time) {
        tally.sent();
        return underWay.begin(sender, copies, time);
    }

    /** Bytes have come, and are about to be told. */
    void read(int bytes) {
        touch();
        tally.read(bytes);
    }

    void wrote(int bytes) {
        tally.wrote(bytes);
    }

    void onArrival(Client client, int number) {
        if (!underWay.isMissing(number)) {
            throw new LoadException("The server sent message " + Integer.toUnsignedString(number)
                    + " again, or before it got it (expected: each as often as it should come)");
        }
        progress++;
        work.onArrival(client, number);
    }

    void onArrivalUnnumbered(Client client) {
        progress++;
        work.onArrivalUnnumbered(client);
    }

    void onBatchEnd(Client client) {
        work.onBatchEnd(client);
    }

    /** The number of the message that was sent with that acknowledgement id. */
    int numberOfId(int id) {
        if ((id & -Encoded.FIRST_ID) != Encoded.FIRST_ID) {
            throw new LoadException("The server acknowledged an id that was not sent (expected: " + Encoded.ID_DIGITS
                    + " digits from " + Encoded.FIRST_ID + " on)");
        }
        return underWay.numberEndingWith(id);
    }

    /** Something came that nothing is measured by. */
    void other() {
        tally.other();
    }

    /** Ends the run: nothing that comes later counts. */
    void fail(LoadException cause) {
        work = new Silence(this);
        expected = nothing;
        failure.completeExceptionally(cause);
    }

    private void watch() {
        long now = System.nanoTime();
        if (progress != progressSeen || work.missing() == 0) {
            progressSeen = progress;
            progressNanos = now;
        } else if (now - progressNanos > target.stallTimeout().toNanos()) {
            fail(new LoadException("Nothing came for " + target.stallTimeout().toMillis() + " ms: " + work.missing()
                    + " " + work.what() + " are missing (expected: all of them)"));
        }
        if (!opening.isEmpty()) {
            Client oldest = opening.iterator().next();
            if (now - oldest.begunNanos() > target.connectTimeout().toNanos()) {
                opening.remove(oldest);
                oldest.failed(new LoadException(
                        "not connected after " + target.connectTimeout().toMillis() + " ms (expected: connected)"));
            }
        }
    }

    /** Ends all connections. */
    void close() {
        watching.cancel(false);
        work = new Silence(this);
        clients.forEach(Client::close);
        opening.forEach(Client::close);
    }
}
