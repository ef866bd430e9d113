package io.parley.socketio.server;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The common part of namespaces that come into being when clients ask for them. Made by
 * {@link SocketIoServer#of(java.util.regex.Pattern)} and its siblings; named {@code /_0}, {@code /_1}… and joined by
 * nobody itself.
 *
 * <p>A child begins with copies of the middleware and of the connection handlers that the parent has at that moment.
 * What is emitted here reaches the children that there are; so do {@link #socketsJoin}, {@link #socketsLeave} and
 * {@link #disconnectSockets}.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class ParentNamespace extends Namespace {

    private final Set<Namespace> children;

    ParentNamespace(SocketIoServer server, String name) {
        this(server, name, ConcurrentHashMap.newKeySet());
    }

    private ParentNamespace(SocketIoServer server, String name, Set<Namespace> children) {
        super(server, name, local -> new ParentAdapter(children), null);
        this.children = children;
    }

    /** The namespaces that came into being under it and are there now; a live view. */
    public Set<Namespace> children() {
        return Collections.unmodifiableSet(children);
    }

    void add(Namespace child) {
        children.add(child);
    }

    void remove(Namespace child) {
        children.remove(child);
    }
}
