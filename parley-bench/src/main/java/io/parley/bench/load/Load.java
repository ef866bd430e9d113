package io.parley.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Clients that load one server, all on the thread that runs this.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Load implements AutoCloseable {

    private static final int READ_BYTES = 256 * 1024;
    private static final int SELECT_MILLIS = 20; // so often at least the end is asked for
    private static final int JOINING_MESSAGES = 20;
    private static final Duration JOINING = Duration.ofSeconds(1);
    private static final long STALLED_NANOS = 20_000_000_000L;

    private final Messages messages;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private Flow flow = Flow.silence();
    private int copies = 1; // how often each message is received
    private long received;
    private long receivedBefore; // the flow began
    private long sentBefore;

    /** Without a client yet. */
    public Load(Messages messages) throws IOException {
        this.messages = messages;
        selector = Selector.open();
    }

    /**
     * Connects {@code count} clients, one after the other.
     *
     * @throws IOException if a handshake fails
     */
    public void connect(int port, String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(
                    Handshake.open(port, path, messages.areCompressed()), selector, messages, clients.size()));
        }
    }

    /** Has each client send {@code window} messages, and one for each that comes back. */
    public void startEcho(int window) throws IOException {
        start(Flow.echo(window), 1);
    }

    /** Has the first client send {@code window} messages, and one for each that has come to everybody. */
    public void startBroadcast(int window) throws IOException {
        awaitEverybody();
        start(Flow.broadcast(window), clients.size());
    }

    /** Has each client send one message, and waits until all have come back. */
    public void exchangeOnce() throws IOException {
        start(Flow.once(), 1);
        finish();
    }

    /**
     * Sends messages until one has come to everybody: a server may take a client up after it has answered its
     * handshake.
     *
     * @throws IllegalStateException if none does in {@value #JOINING_MESSAGES} attempts
     */
    private void awaitEverybody() throws IOException {
        for (int i = 0; i < JOINING_MESSAGES; i++) {
            long everybody = received + clients.size();
            clients.get(0).send(1);
            while (received < everybody && receivesWithin(JOINING)) {}
            if (received == everybody) {
                return;
            }
        }
        throw new IllegalStateException("No message came to all " + clients.size() + " clients");
    }

    /** Whether a message came before the time was over. */
    private boolean receivesWithin(Duration time) throws IOException {
        long before = received;
        long end = System.nanoTime() + time.toNanos();
        runUntil(() -> received > before || System.nanoTime() - end >= 0);
        return received > before;
    }

    /** Sends no more, and waits for what is on the way. */
    public void finish() throws IOException {
        flow = Flow.silence();
        long expected = receivedBefore + (sent() - sentBefore) * copies;
        runUntil(() -> received >= expected);
    }

    private void start(Flow next, int copiesOfEach) throws IOException {
        flow = next;
        copies = copiesOfEach;
        sentBefore = sent();
        receivedBefore = received;
        flow.start(clients);
    }

    private long sent() {
        return clients.stream().mapToLong(Client::sent).sum();
    }

    /** Messages that have come, to all clients together. */
    public long received() {
        return received;
    }

    /**
     * Sends and receives for that long.
     *
     * @throws IllegalStateException if nothing comes for 20 s
     */
    public void runFor(Duration duration) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        runUntil(() -> System.nanoTime() - end >= 0);
    }

    private void runUntil(BooleanSupplier end) throws IOException {
        long lastCount = received;
        long lastProgress = System.nanoTime();
        while (!end.getAsBoolean()) {
            selector.select(SELECT_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                work((Client) key.attachment(), key);
            }
            selector.selectedKeys().clear();
            if (received != lastCount) {
                lastCount = received;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > STALLED_NANOS) {
                throw new IllegalStateException("No message for 20 s after " + received + " (expected: more of them)");
            }
        }
    }

    private void work(Client client, SelectionKey key) throws IOException {
        if (key.isWritable()) {
            client.write();
        }
        if (key.isReadable()) {
            int messagesRead = client.read(buffer);
            received += messagesRead;
            if (messagesRead > 0) {
                flow.received(client, messagesRead);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        selector.close();
    }
}
