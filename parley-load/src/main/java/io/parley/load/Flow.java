package io.parley.load;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What clients do. Closed loops keep a bounded number of messages under way, so that the server is never without work; open
 * loops send at a fixed rate, as users do, and count from the time at which a message should have been sent.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Flow {

    private enum Kind {
        ECHO,
        ONCE,
        BROADCAST,
        CONNECTS
    }

    private final Kind kind;
    private final @Nullable Messages messages; // null where connections are all that is made
    private final int senders; // 0 for every client
    private final int window; // of each sender; 0 in an open loop
    private final double perSecond; // 0 in a closed loop

    private Flow(Kind kind, @Nullable Messages messages, int senders, int window, double perSecond) {
        this.kind = kind;
        this.messages = messages;
        this.senders = senders;
        this.window = window;
        this.perSecond = perSecond;
    }

    /**
     * Each client has {@code window} messages under way, and sends one for each answer.
     *
     * @throws IllegalArgumentException if the window is not 1 to {@link Limits#MAX_UNDER_WAY}
     */
    public static Flow echo(Messages messages, int window) {
        return new Flow(Kind.ECHO, requireNonNull(messages, "messages"), 0, checkWindow(window), 0);
    }

    /** Each client sends one message, and no more: the flow has stopped when it has begun. */
    public static Flow once(Messages messages) {
        return new Flow(Kind.ONCE, requireNonNull(messages, "messages"), 0, 1, 0);
    }

    /**
     * Clients in turn send so many messages a second, and get an answer to each.
     *
     * @throws IllegalArgumentException if the rate is not above 0, or above {@link Limits#MAX_RATE}
     */
    public static Flow echoAtRate(Messages messages, double perSecond) {
        return new Flow(Kind.ECHO, requireNonNull(messages, "messages"), 0, 0, checkRate(perSecond));
    }

    /**
     * Each of the first {@code senders} clients has {@code window} messages under way to everybody, itself included.
     *
     * @throws IllegalArgumentException if there is no sender, or the window is not 1 to {@link Limits#MAX_UNDER_WAY}
     */
    public static Flow broadcast(Messages messages, int senders, int window) {
        requireNonNull(messages, "messages");
        return new Flow(Kind.BROADCAST, messages, checkSenders(senders), checkWindow(window), 0);
    }

    /**
     * The first {@code senders} clients in turn send so many messages a second to everybody.
     *
     * @throws IllegalArgumentException if there is no sender, or the rate is not above 0, or above {@link Limits#MAX_RATE}
     */
    public static Flow broadcastAtRate(Messages messages, int senders, double perSecond) {
        requireNonNull(messages, "messages");
        return new Flow(Kind.BROADCAST, messages, checkSenders(senders), 0, checkRate(perSecond));
    }

    /**
     * Connections are made and closed as soon as they are there, {@code width} at the same time.
     *
     * @throws IllegalArgumentException if the width is not 1 to {@link Limits#MAX_CONNECTING}
     */
    public static Flow connects(int width) {
        return new Flow(Kind.CONNECTS, null, 0, Limits.check("width", width, 1, Limits.MAX_CONNECTING), 0);
    }

    private static int checkWindow(int window) {
        return Limits.check("window", window, 1, Limits.MAX_UNDER_WAY);
    }

    private static int checkSenders(int senders) {
        return Limits.check("senders", senders, 1, Limits.MAX_CONNECTIONS);
    }

    private static double checkRate(double perSecond) {
        if (!(perSecond > 0 && perSecond <= Limits.MAX_RATE)) {
            throw new IllegalArgumentException(
                    "rate: " + perSecond + " (expected: more than 0, at most " + Limits.MAX_RATE + ")");
        }
        return perSecond;
    }

    /**
     * Looks whether it fits that many clients.
     *
     * @throws IllegalArgumentException if it does not
     */
    void check(Target target, int clients) {
        if (messages == null) {
            return;
        }
        if (messages.isEvent() != target.wire().isSocketIo()) {
            throw new IllegalArgumentException("messages: " + messages + " over " + target.wire() + " (expected: "
                    + (target.wire().isSocketIo() ? "events" : "text or binary messages") + ")");
        }
        if (clients < Math.max(1, senders)) {
            throw new IllegalArgumentException(
                    "clients: " + clients + " (expected: at least " + Math.max(1, senders) + "; connect them first)");
        }
        long underWay = (long) (senders == 0 ? clients : senders) * window;
        if (underWay > room(messages)) {
            throw new IllegalArgumentException("messages under way: " + underWay + " (expected: at most "
                    + room(messages) + " of " + messages.payloadBytes() + " bytes)");
        }
    }

    /** How many messages may be under way. */
    private static int room(Messages messages) {
        return (int) Math.min(Limits.MAX_UNDER_WAY, Limits.MAX_BYTES_UNDER_WAY / messages.payloadBytes());
    }

    /**
     * Begins, on the loop.
     *
     * @return done when the first messages are sent
     */
    CompletableFuture<Void> begin(Run run) {
        if (kind != Kind.BROADCAST || messages == null) {
            prepare(run);
            run.begin(work(run));
            return CompletableFuture.completedFuture(null);
        }
        Joining joining = new Joining(run);
        run.prepare(messages, Joining.MOST_MESSAGES);
        run.begin(joining);
        return joining.over().thenRun(() -> {
            prepare(run);
            run.begin(work(run));
        });
    }

    private void prepare(Run run) {
        if (messages != null) {
            int underWay = (senders == 0 ? run.clients().size() : senders) * window;
            run.prepare(messages, window == 0 ? room(messages) : underWay);
        }
    }

    private Work work(Run run) {
        return switch (kind) {
            case ECHO -> window == 0 ? new Echo(run, perSecond) : new Echo(run, window);
            case ONCE -> Echo.once(run);
            case BROADCAST -> window == 0 ? new FanOut(run, senders, perSecond) : new FanOut(run, senders, window);
            case CONNECTS -> new Storm(run, window);
        };
    }
}
