package io.parley.socketio.server;

import io.parley.socketio.Arguments;
import io.parley.socketio.SocketIoException;
import io.parley.websocket.EventLoop.Timeout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements that one socket waits for.
 *
 * <p><b>Threading.</b> Confined to the socket's event loop.
 */
final class PendingAcks {

    private final Map<Long, Waiting> waiting = new HashMap<>();

    int size() {
        return waiting.size();
    }

    void add(long ackId, Waiting answer) {
        waiting.put(ackId, answer);
    }

    /** The client answered; nothing happens if nobody waits (any more). */
    void onAck(long ackId, Arguments reply) {
        Waiting answer = waiting.remove(ackId);
        if (answer != null) {
            answer.stopTimer();
            answer.onReply.accept(reply);
        }
    }

    /** Gives up one, and says why. */
    void fail(long ackId, SocketIoException reason) {
        Waiting answer = waiting.remove(ackId);
        if (answer != null) {
            answer.fail(reason);
        }
    }

    /** Gives up one without a word. */
    void forget(long ackId) {
        waiting.remove(ackId);
    }

    void failAll(SocketIoException reason) {
        List<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(answer -> answer.fail(reason));
    }

    /** One that is waited for. */
    static final class Waiting {

        private final Consumer<Arguments> onReply;
        private final Consumer<SocketIoException> onFailure;
        private final @Nullable Timeout timer; // null when it may take for ever

        Waiting(Consumer<Arguments> onReply, Consumer<SocketIoException> onFailure, @Nullable Timeout timer) {
            this.onReply = onReply;
            this.onFailure = onFailure;
            this.timer = timer;
        }

        private void fail(SocketIoException reason) {
            stopTimer();
            onFailure.accept(reason);
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
