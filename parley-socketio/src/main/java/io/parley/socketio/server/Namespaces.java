package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.ArgumentException;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.packet.PacketException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of one server: those that were made by name, and those that come into being when a client asks for
 * one that a gate lets through.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Namespaces {

    private static final Logger log = LoggerFactory.getLogger(Namespaces.class);

    private final SocketIoServer server;
    private final Map<String, Namespace> known = new ConcurrentHashMap<>();
    private final List<Family> families = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger parents = new AtomicInteger();
    private final AtomicInteger madeByClients = new AtomicInteger();
    private final AtomicBoolean warned = new AtomicBoolean();

    Namespaces(SocketIoServer server) {
        this.server = server;
    }

    /** The namespace of that name, made if it is not there: under the first pattern that it matches, if any. */
    Namespace of(String name) {
        requireNonNull(name, "name");
        String full = name.startsWith("/") ? name : "/" + name;
        if (full.indexOf(',') >= 0) {
            throw new IllegalArgumentException("namespace: " + name + " (expected: no comma)");
        }
        Namespace there = known.get(full);
        if (there != null) {
            return there;
        }
        for (Family family : families) {
            if (family.pattern != null && family.pattern.matcher(full).find()) {
                return make(full, family.parent, false);
            }
        }
        return make(full, null, false);
    }

    ParentNamespace of(Pattern pattern) {
        requireNonNull(pattern, "pattern");
        return add(
                pattern,
                (name, auth) ->
                        CompletableFuture.completedFuture(pattern.matcher(name).find()));
    }

    ParentNamespace of(NamespaceGate gate) {
        requireNonNull(gate, "gate");
        return add(null, (name, auth) -> CompletableFuture.completedFuture(gate.allows(name, auth)));
    }

    ParentNamespace ofAsync(AsyncNamespaceGate gate) {
        return add(null, requireNonNull(gate, "gate"));
    }

    private ParentNamespace add(@Nullable Pattern pattern, AsyncNamespaceGate gate) {
        ParentNamespace parent = new ParentNamespace(server, "/_" + parents.getAndIncrement());
        families.add(new Family(parent, pattern, gate));
        return parent;
    }

    void onNew(Consumer<Namespace> listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    @Nullable
    Namespace find(String name) {
        return known.get(name);
    }

    Collection<Namespace> all() {
        return known.values();
    }

    /** Whether a namespace that is not there might come into being. */
    boolean mayGrow() {
        return !families.isEmpty();
    }

    /**
     * Looks for the namespace that a client asks for, and makes it where a gate lets it.
     *
     * @return the namespace, or what the client is told. Completed on any thread
     */
    CompletableFuture<Found> search(String name, Auth auth) {
        CompletableFuture<Found> result = new CompletableFuture<>();
        if (name.length() > server.options().maxDynamicNamespaceLength()) {
            result.complete(Found.INVALID);
        } else {
            server.runHandler(() -> ask(0, name, auth, result));
        }
        return result;
    }

    /** Asks one gate after the other, in the order in which they were added. */
    private void ask(int next, String name, Auth auth, CompletableFuture<Found> result) {
        if (next >= families.size()) {
            result.complete(Found.INVALID);
            return;
        }
        Family family = families.get(next);
        var unused = family.ask(name, auth)
                .whenCompleteAsync(
                        (allowed, failure) -> {
                            if (failure != null) {
                                tell(name, failure);
                            }
                            if (Boolean.TRUE.equals(allowed)) {
                                result.complete(admit(name, family.parent));
                            } else {
                                ask(next + 1, name, auth, result);
                            }
                        },
                        server.options().handlerExecutor());
    }

    private static void tell(String name, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConnectionRefused || cause instanceof ArgumentException) {
            log.debug("A gate refused the namespace {}", PacketException.excerpt(name), cause);
        } else {
            log.error("A gate for dynamic namespaces failed", cause);
        }
    }

    private Found admit(String name, ParentNamespace parent) {
        Namespace there = known.get(name);
        if (there != null && !there.isGone()) {
            return new Found(there, "");
        }
        if (madeByClients.incrementAndGet() > server.options().maxDynamicNamespaces()) {
            madeByClients.decrementAndGet();
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "Clients asked for more than {} namespaces (limit: maxDynamicNamespaces); told once",
                        server.options().maxDynamicNamespaces());
            }
            return Found.TOO_MANY;
        }
        try {
            return new Found(make(name, parent, true), "");
        } catch (RuntimeException | Error thrown) { // of the application's adapter; the client waits for an answer
            madeByClients.decrementAndGet();
            log.error("A namespace that a client asked for could not be made", thrown);
            return Found.FAILED;
        }
    }

    private Namespace make(String name, @Nullable ParentNamespace parent, boolean byClient) {
        Childhood childhood = parent == null ? null : new Childhood(this, parent, byClient);
        Namespace made = new Namespace(server, name, server.options().adapter(), childhood);
        for (Namespace there = known.putIfAbsent(name, made); there != null; there = known.putIfAbsent(name, made)) {
            if (!there.isGone()) {
                made.adapter().close();
                if (byClient) {
                    madeByClients.decrementAndGet();
                }
                return there;
            }
            known.remove(name, there); // it is about to do that itself
        }
        if (parent != null) {
            parent.add(made);
            if (made.isGone()) { // others have come and left since it is known
                parent.remove(made);
            }
        }
        if (!name.equals("/")) {
            listeners.forEach(listener -> tell(listener, made));
        }
        return made;
    }

    private static void tell(Consumer<Namespace> listener, Namespace made) {
        try {
            listener.accept(made);
        } catch (RuntimeException | Error thrown) {
            log.error("A listener for new namespaces failed", thrown);
        }
    }

    /** A child whose last socket has left goes, when the options say so. */
    void remove(Namespace child, ParentNamespace parent, boolean byClient) {
        known.remove(child.name(), child);
        parent.remove(child);
        if (byClient) {
            madeByClients.decrementAndGet();
        }
        child.adapter().close();
        Recovery recovery = server.recovery();
        if (recovery != null) {
            recovery.store().forget(child.name());
        }
    }

    /**
     * What a search came to.
     *
     * @param namespace null when the client may not join
     * @param refusal what the client is told then
     */
    record Found(@Nullable Namespace namespace, String refusal) {

        static final Found INVALID = new Found(null, "Invalid namespace");
        static final Found TOO_MANY = new Found(null, "too many namespaces");
        static final Found FAILED = new Found(null, "internal server error");
    }

    /** A parent, and which names are its children's. */
    private record Family(ParentNamespace parent, @Nullable Pattern pattern, AsyncNamespaceGate gate) {

        CompletionStage<Boolean> ask(String name, Auth auth) {
            try {
                return requireNonNull(gate.allows(name, auth), "the answer of a gate");
            } catch (Throwable thrown) {
                return CompletableFuture.failedFuture(thrown);
            }
        }
    }
}
