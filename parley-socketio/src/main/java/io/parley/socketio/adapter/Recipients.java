package io.parley.socketio.adapter;

import io.parley.websocket.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Who gets a broadcast: settled when it is made, then walked by each event loop on its own.
 *
 * <p><b>Threading.</b> Filled by one thread, then handed over. What is included comes before what is excluded.
 */
final class Recipients {

    private static final AtomicLong MARKS = new AtomicLong();

    private final List<OfLoop> parts = new ArrayList<>(4);

    void include(Span span) {
        for (OfLoop part : parts) {
            if (part.loop.equals(span.loop())) {
                part.included.add(span);
                return;
            }
        }
        OfLoop part = new OfLoop(span.loop());
        part.included.add(span);
        parts.add(part);
    }

    void exclude(Span span) {
        for (OfLoop part : parts) {
            if (part.loop.equals(span.loop())) {
                part.excluded.add(span);
            }
        }
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    List<OfLoop> byLoop() {
        return parts;
    }

    /** All of them, on any thread: for what is rarer than a broadcast. */
    Set<LocalSocket> toSet() {
        Set<LocalSocket> sockets = new LinkedHashSet<>();
        for (OfLoop part : parts) {
            part.included.forEach(span -> collect(span, sockets));
        }
        for (OfLoop part : parts) {
            part.excluded.forEach(span -> remove(span, sockets));
        }
        return sockets;
    }

    private static void collect(Span span, Set<LocalSocket> sockets) {
        for (int i = 0; i < span.size(); i++) {
            if (span.sockets()[i].isConnected()) {
                sockets.add(span.sockets()[i]);
            }
        }
    }

    private static void remove(Span span, Set<LocalSocket> sockets) {
        for (int i = 0; i < span.size(); i++) {
            sockets.remove(span.sockets()[i]);
        }
    }

    /** The recipients that live on one event loop. */
    static final class OfLoop {

        private final EventLoop loop;
        private final List<Span> included = new ArrayList<>(2);
        private final List<Span> excluded = new ArrayList<>(2);

        private OfLoop(EventLoop loop) {
            this.loop = loop;
        }

        EventLoop loop() {
            return loop;
        }

        /** Visits each of them once; on the loop. A socket that bears the mark had its turn, or is left out. */
        void forEach(Consumer<LocalSocket> visitor) {
            assert loop.inEventLoop();
            long mark = MARKS.incrementAndGet();
            for (Span span : excluded) {
                visit(span, mark, socket -> {});
            }
            for (Span span : included) {
                visit(span, mark, visitor);
            }
        }

        private static void visit(Span span, long mark, Consumer<LocalSocket> visitor) {
            LocalSocket[] sockets = span.sockets();
            for (int i = 0; i < span.size(); i++) {
                LocalSocket socket = sockets[i];
                if (socket.mark(mark)) {
                    visitor.accept(socket);
                }
            }
        }
    }
}
