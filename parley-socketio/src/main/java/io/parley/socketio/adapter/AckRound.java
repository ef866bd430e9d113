package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Arguments;
import io.parley.websocket.EventLoop;
import io.parley.websocket.EventLoop.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One broadcast that collects acknowledgements from the sockets of this server: a timer for each event loop, not for
 * each socket.
 */
final class AckRound {

    private final OutgoingEvent event;
    private final long ackId;
    private final Duration timeout;
    private final BroadcastAckListener listener;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger loopsToCome = new AtomicInteger();

    AckRound(OutgoingEvent event, BroadcastOptions options, BroadcastAckListener listener) {
        this.event = event;
        this.listener = listener;
        ackId = requireNonNull(event.event().ackId(), "ackId");
        timeout = requireNonNull(options.flags().timeout(), "timeout");
    }

    void start(Recipients recipients, BiConsumer<EventLoop, Runnable> handOver) {
        loopsToCome.set(recipients.byLoop().size());
        if (recipients.isEmpty()) {
            listener.onClientCount(0);
        }
        for (Recipients.OfLoop part : recipients.byLoop()) {
            handOver.accept(part.loop(), () -> new OnLoop().send(part));
        }
    }

    /** The round on one event loop, touched there only. */
    private final class OnLoop {

        private final List<LocalSocket> asked = new ArrayList<>();
        private int toAnswer;
        private @Nullable Timeout timer; // null when nobody was asked

        void send(Recipients.OfLoop part) {
            part.forEach(this::ask);
            if (!asked.isEmpty()) {
                timer = part.loop().schedule(this::giveUp, timeout);
            }
            clients.addAndGet(asked.size());
            if (loopsToCome.decrementAndGet() == 0) { // not before: another loop may have added its clients meanwhile
                listener.onClientCount(clients.get());
            }
        }

        private void ask(LocalSocket socket) {
            if (socket.deliverWithAck(event, this::onAck)) {
                asked.add(socket);
                toAnswer++;
            }
        }

        private void onAck(Arguments reply) {
            listener.onAck(reply);
            if (--toAnswer == 0 && timer != null) {
                timer.cancel();
            }
        }

        private void giveUp() {
            asked.forEach(socket -> socket.forgetAck(ackId));
            listener.onTimeout();
        }
    }
}
