package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a connection when everything is with the network, and brings the answer home.
 *
 * <p><b>Threading.</b> {@link #arrive} on the connection's loop; the answer comes at the session's.
 */
final class FlushQuestion implements Crossing.Passenger {

    private final Supplier<? extends CompletionStage<Void>> connection;
    private final EventLoop home;
    private final CompletableFuture<Void> told;

    FlushQuestion(Supplier<? extends CompletionStage<Void>> connection, EventLoop home, CompletableFuture<Void> told) {
        this.connection = connection;
        this.home = home;
        this.told = told;
    }

    @Override
    public void arrive() {
        connection.get().whenComplete((nothing, failure) -> {
            try {
                home.run(() -> tell(failure));
            } catch (RejectedExecutionException expected) { // the home has ended
                strand();
            }
        });
    }

    private void tell(@Nullable Throwable failure) {
        if (failure == null) {
            told.complete(null);
        } else {
            strand();
        }
    }

    @Override
    public void strand() {
        EngineSession.failWrite(told);
    }
}
