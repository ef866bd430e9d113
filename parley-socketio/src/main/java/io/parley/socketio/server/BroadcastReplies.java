package io.parley.socketio.server;

import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Arguments;
import io.parley.socketio.adapter.BroadcastAckListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects the acknowledgements of one broadcast: complete when every server has said how many clients it asked, and
 * all of them have answered.
 *
 * <p><b>Threading.</b> Safe for any thread; the future is completed on a handler thread.
 */
final class BroadcastReplies implements BroadcastAckListener {

    private final SocketIoServer server;
    private final CompletableFuture<List<Arguments>> future = new CompletableFuture<>();

    // Guarded by this, until it is over.
    private final List<Arguments> replies = new ArrayList<>();
    private int servers = -1; // unknown
    private int serversHeard;
    private int clients;
    private boolean over;

    BroadcastReplies(SocketIoServer server) {
        this.server = server;
    }

    CompletableFuture<List<Arguments>> future() {
        return future;
    }

    void onServerCount(@Nullable Integer count, @Nullable Throwable failure) {
        if (count != null) {
            update(() -> servers = count);
            return;
        }
        Throwable reason = failure == null ? new IllegalStateException("no server count") : failure;
        if (isFirstEnd()) {
            server.runHandler(() -> future.completeExceptionally(reason));
        }
    }

    @Override
    public void onClientCount(int asked) {
        update(() -> {
            serversHeard++;
            clients += asked;
        });
    }

    @Override
    public void onAck(Arguments reply) {
        update(() -> replies.add(reply));
    }

    @Override
    public void onTimeout() {
        if (isFirstEnd()) {
            AckTimeoutException timeout = new AckTimeoutException(replies);
            server.runHandler(() -> future.completeExceptionally(timeout));
        }
    }

    /** Makes a change, unless it is over, and completes the future if all have answered now. */
    private void update(Runnable change) {
        synchronized (this) {
            if (over) {
                return;
            }
            change.run();
            if (serversHeard != servers || replies.size() != clients) {
                return;
            }
            over = true;
        }
        List<Arguments> all = List.copyOf(replies);
        server.runHandler(() -> future.complete(all)); // user code may run at once, so without the lock
    }

    /** It is over; false if it was before. Nothing changes after that. */
    private synchronized boolean isFirstEnd() {
        boolean first = !over;
        over = true;
        return first;
    }
}
