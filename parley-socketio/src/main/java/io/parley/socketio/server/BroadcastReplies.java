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

    // Guarded by this.
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

    synchronized void onServerCount(@Nullable Integer count, @Nullable Throwable failure) {
        if (count == null) {
            server.runHandler(() -> future.completeExceptionally(
                    failure == null ? new IllegalStateException("no server count") : failure));
            return;
        }
        servers = count;
        completeWhenAllAnswered();
    }

    @Override
    public synchronized void onClientCount(int asked) {
        serversHeard++;
        clients += asked;
        completeWhenAllAnswered();
    }

    @Override
    public synchronized void onAck(Arguments reply) {
        if (!over) {
            replies.add(reply);
            completeWhenAllAnswered();
        }
    }

    @Override
    public synchronized void onTimeout() {
        if (!over) {
            over = true;
            AckTimeoutException timeout = new AckTimeoutException(replies);
            server.runHandler(() -> future.completeExceptionally(timeout));
        }
    }

    private void completeWhenAllAnswered() {
        if (!over && serversHeard == servers && replies.size() == clients) {
            over = true;
            List<Arguments> all = List.copyOf(replies);
            server.runHandler(() -> future.complete(all));
        }
    }
}
