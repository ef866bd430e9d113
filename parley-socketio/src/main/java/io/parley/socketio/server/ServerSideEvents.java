package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.websocket.Mailbox;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one namespace does with events of the other servers.
 *
 * <p><b>Threading.</b> Safe for any thread; handlers run on handler threads, one event after the other.
 */
final class ServerSideEvents {

    private static final Logger log = LoggerFactory.getLogger(ServerSideEvents.class);
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Mailbox mailbox;

    ServerSideEvents(Executor executor) {
        mailbox = new Mailbox(executor);
    }

    /** Checks the name of an event between servers. */
    static String requireUsable(String event) {
        requireNonNull(event, "event");
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
        return event;
    }

    /**
     * Adds a handler.
     *
     * @param given what the application gave, and can remove again
     */
    void add(String event, Object given, EventHandler handler) {
        entries.add(new Entry(requireUsable(event), requireNonNull(given, "handler"), handler));
    }

    /** Of a handler that was added twice, one stays. */
    void remove(String event, Object given) {
        requireNonNull(event, "event");
        requireNonNull(given, "handler");
        for (Entry entry : entries) {
            if (entry.event.equals(event) && entry.given.equals(given)) {
                entries.remove(entry);
                return;
            }
        }
    }

    void handle(String event, Arguments arguments, Ack answer) {
        Ack ack = new OnceAck(answer);
        mailbox.execute(() -> {
            for (Entry entry : entries) {
                if (entry.event.equals(event)) {
                    run(entry, arguments, ack);
                }
            }
        });
    }

    private static void run(Entry entry, Arguments arguments, Ack ack) {
        try {
            entry.handler.handle(arguments, ack);
        } catch (Throwable thrown) {
            log.error("A handler of \"{}\" from another server failed", entry.event, thrown);
        }
    }

    /** Hands on the first answer. */
    private static final class OnceAck implements Ack {

        private final Ack answer;
        private final AtomicBoolean answered = new AtomicBoolean();

        OnceAck(Ack answer) {
            this.answer = answer;
        }

        @Override
        public void send(@Nullable Object... values) {
            if (answered.compareAndSet(false, true)) {
                answer.send(values);
            }
        }

        @Override
        public boolean isRequested() {
            return answer.isRequested();
        }
    }

    private record Entry(String event, Object given, EventHandler handler) {}
}
