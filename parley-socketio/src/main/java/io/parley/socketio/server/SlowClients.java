package io.parley.socketio.server;

import io.parley.websocket.Mailbox;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a namespace does about slow clients, and has done.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class SlowClients {

    private final List<SlowClientListener> listeners = new CopyOnWriteArrayList<>();
    private final Counts<SlowClientAction> counts;
    private volatile SlowClientPolicy policy;

    SlowClients(SlowClientPolicy policy, Counts<SlowClientAction> counts) {
        this.policy = policy;
        this.counts = counts;
    }

    /** What a namespace begins with that comes into being under this one; its counts are part of these. */
    SlowClients ofChild() {
        SlowClients child = new SlowClients(policy, counts.part());
        child.listeners.addAll(listeners);
        return child;
    }

    SlowClientPolicy policy() {
        return policy;
    }

    void policy(SlowClientPolicy newPolicy) {
        policy = newPolicy;
    }

    void add(SlowClientListener listener) {
        listeners.add(listener);
    }

    void count(SlowClientAction action) {
        counts.add(action);
    }

    long sum(SlowClientAction action) {
        return counts.sum(action);
    }

    void onDisconnected(NamespaceSocket socket) {
        count(SlowClientAction.DISCONNECT);
        tell(socket, SlowClientAction.DISCONNECT);
    }

    /** Has the listeners told, in the order of the socket's handlers. */
    void tell(NamespaceSocket socket, SlowClientAction action) {
        Mailbox mailbox = socket.mailbox();
        for (SlowClientListener listener : listeners) {
            mailbox.execute(() -> Dispatch.guarded(socket, "slow client", () -> listener.onSlowClient(socket, action)));
        }
    }
}
