package io.parley.socketio.server;

import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.adapter.RecoveryFigures;
import io.parley.socketio.adapter.RecoveryStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connection state recovery of a server: which sockets may be come back to, by their {@code pid}.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Recovery {

    private final ConnectionStateRecovery options;
    private final RecoveryStore store;
    private final Map<String, NamespaceSocket> sockets =
            new ConcurrentHashMap<>(); // until kept, and handled to the end

    Recovery(ConnectionStateRecovery options) {
        this.options = options;
        RecoveryStore given = options.store();
        store = given != null ? given : new RecoveryStore();
        store.attach(options);
    }

    static @Nullable Recovery of(@Nullable ConnectionStateRecovery options) {
        return options == null ? null : new Recovery(options);
    }

    boolean skipsMiddlewares() {
        return options.skipMiddlewares();
    }

    RecoveryStore store() {
        return store;
    }

    RecoveryFigures figures() {
        return store.figures();
    }

    void close() {
        store.detach();
    }

    void add(String pid, NamespaceSocket socket) {
        sockets.put(pid, socket);
    }

    void remove(String pid, NamespaceSocket socket) {
        sockets.remove(pid, socket);
    }

    /** The socket of that session, connected or on its way out; null if there is none in the namespace. */
    @Nullable
    NamespaceSocket find(String pid, Namespace namespace) {
        NamespaceSocket found = sockets.get(pid);
        return found != null && found.namespace().name().equals(namespace.name()) ? found : null;
    }
}
