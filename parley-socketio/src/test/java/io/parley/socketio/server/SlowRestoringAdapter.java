package io.parley.socketio.server;

import io.parley.socketio.adapter.InMemoryAdapter;
import io.parley.socketio.adapter.LocalNamespace;
import io.parley.socketio.adapter.Membership;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.adapter.SavedSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An adapter that restores a session at once and says so when the test wants it, as one would that asks elsewhere. */
final class SlowRestoringAdapter extends ForwardingAdapter {

    private final List<Runnable> later;

    SlowRestoringAdapter(LocalNamespace namespace, List<Runnable> later) {
        super(InMemoryAdapter.standalone(namespace));
        this.later = later;
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            SavedSession session, @Nullable String offset, Membership membership) {
        CompletableFuture<Optional<RestoredSession>> answer = new CompletableFuture<>();
        super.restoreSession(session, offset, membership)
                .thenAccept(restored -> later.add(() -> answer.complete(restored)));
        return answer;
    }
}
