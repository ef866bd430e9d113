package io.parley.socketio.server;

import io.parley.socketio.Principal;
import io.parley.socketio.adapter.Adapter;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.adapter.SavedSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's way back to its session: what is left of the old connection goes, the session is looked for, the
 * middlewares are asked if they are to be, and then the session goes on at the new socket.
 *
 * <p><b>Threading.</b> Confined to the new connection's event loop.
 */
final class Restoration {

    private static final Logger log = LoggerFactory.getLogger(Restoration.class);

    private final Connection connection;
    private final NamespaceSocket socket;
    private final Recovery recovery;
    private final Claim claim;
    private final Adapter adapter;

    private Restoration(Connection connection, NamespaceSocket socket, Recovery recovery, Claim claim) {
        this.connection = connection;
        this.socket = socket;
        this.recovery = recovery;
        this.claim = claim;
        adapter = socket.namespace().adapter();
    }

    /** Begins, if the client claims a session; returns whether it does. */
    static boolean begin(Connection connection, NamespaceSocket socket, @Nullable String payload) {
        Recovery recovery = socket.namespace().server().recovery();
        Claim claim =
                recovery == null ? null : Claim.of(payload, socket.namespace().options());
        if (recovery == null || claim == null) {
            return false;
        }
        new Restoration(connection, socket, recovery, claim).begin();
        return true;
    }

    private void begin() {
        NamespaceSocket before = recovery.find(claim.pid(), socket.namespace());
        if (before == null) {
            find();
        } else {
            before.eventLoop().execute(() -> {
                before.onSuperseded();
                // The session is kept by a task that waits on that loop.
                before.eventLoop().execute(() -> connection.loop().execute(this::find));
            });
        }
    }

    private void find() {
        if (socket.isConnecting()) {
            await(() -> adapter.findSession(claim.pid(), claim.offset()), this::onFound);
        } else {
            connection.onAbandoned();
        }
    }

    private void onFound(Optional<SavedSession> found) {
        if (!socket.isConnecting()) {
            connection.onAbandoned();
        } else if (found.isEmpty() || isExpired(found.get())) {
            connection.check(socket, () -> connection.accept(socket));
        } else {
            SavedSession session = found.get();
            socket.takeOver(session, recovery, recovery.find(claim.pid(), socket.namespace()));
            if (recovery.skipsMiddlewares()) {
                socket.restorePrincipal(session.principal());
                restore(session);
            } else {
                connection.check(socket, () -> restoreIfSameUser(session));
            }
        }
    }

    private boolean isExpired(SavedSession session) {
        Principal principal = session.principal();
        return principal != null
                && principal.isExpired(socket.namespace().options().clock().instant());
    }

    /** The session of one user is not for another one. */
    private void restoreIfSameUser(SavedSession session) {
        Principal before = session.principal();
        Principal now = socket.principal();
        if (before == null || (now != null && now.name().equals(before.name()))) {
            restore(session);
        } else {
            socket.beginAnew();
            connection.accept(socket);
        }
    }

    private void restore(SavedSession session) {
        socket.onRestoring();
        await(
                () -> adapter.restoreSession(session, claim.offset(), socket.membership()),
                restored -> onRestored(session, restored.orElse(null)));
    }

    private void onRestored(SavedSession session, @Nullable RestoredSession restored) {
        if (!socket.isConnecting()) {
            connection.onAbandoned();
            if (restored != null) { // the session is the client's again, but the client is gone
                adapter.persistSession(session, socket.membership());
            }
        } else if (restored == null) { // another connection was quicker; the client comes back, and begins anew
            connection.refuse("the session was taken meanwhile");
        } else {
            connection.accept(socket, restored);
        }
    }

    /** What is complete already goes on at once: nothing may come in between. */
    private <T> void await(Supplier<CompletionStage<Optional<T>>> asked, Consumer<Optional<T>> next) {
        ask(asked).whenComplete((found, error) -> {
            if (error != null) {
                log.debug("The session was one of {}", socket.namespace());
                log.error("Sessions cannot be restored", error); // without the namespace: its name may be a client's
            }
            connection.loop().run(() -> next.accept(error == null ? found : Optional.empty()));
        });
    }

    private static <T> CompletionStage<Optional<T>> ask(Supplier<CompletionStage<Optional<T>>> asked) {
        try {
            return asked.get();
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }
}
