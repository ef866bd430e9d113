package io.parley.socketio.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What makes a namespace a child: its parent, and how many sockets are in it or about to be, for it may have to go when
 * the last one leaves.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Childhood {

    private static final int GONE = -1;

    private final Namespaces namespaces;
    private final ParentNamespace parent;
    private final boolean byClient;
    private final AtomicInteger tenants = new AtomicInteger();

    Childhood(Namespaces namespaces, ParentNamespace parent, boolean byClient) {
        this.namespaces = namespaces;
        this.parent = parent;
        this.byClient = byClient;
    }

    ParentNamespace parent() {
        return parent;
    }

    /** A socket is about to join; false when the namespace is gone. */
    boolean enter() {
        return tenants.getAndUpdate(count -> count == GONE ? GONE : count + 1) != GONE;
    }

    /** A socket has left, or did not join after all. */
    void leave(Namespace child) {
        if (tenants.decrementAndGet() == 0
                && child.options().cleanupEmptyChildNamespaces()
                && tenants.compareAndSet(0, GONE)) {
            namespaces.remove(child, parent, byClient);
        }
    }

    boolean isGone() {
        return tenants.get() == GONE;
    }
}
