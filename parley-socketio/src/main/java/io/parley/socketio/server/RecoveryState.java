package io.parley.socketio.server;

import io.parley.socketio.adapter.BroadcastFlags;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.Offset;
import io.parley.socketio.adapter.OutgoingEvent;
import io.parley.socketio.adapter.Progress;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.adapter.SavedSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a socket whose client may come back knows of its session: the secret, and how far the client was told.
 *
 * <p><b>Threading.</b> Confined to the socket's event loop, but for what says so.
 */
final class RecoveryState {

    private final Recovery recovery;
    private final String pid;
    private final boolean recovered;
    private boolean leaving; // the connection is lost: what comes now is not sent
    private long liveFrom; // what stands before it in the log is not for the socket, or was sent already
    private @Nullable List<OutgoingEvent> early; // non-null while the session is being restored
    private int endings; // guarded by this

    // How far the client was told; the names are those of Progress.
    private @Nullable Offset first;
    private @Nullable Offset last;
    private @Nullable Offset unsent;
    private boolean replayed;
    private @Nullable String claimed;

    private RecoveryState(Recovery recovery, String pid, boolean recovered) {
        this.recovery = recovery;
        this.pid = pid;
        this.recovered = recovered;
    }

    /** That of a new session; null when clients cannot come back. */
    static @Nullable RecoveryState of(SocketIoServer server) {
        Recovery recovery = server.recovery();
        return recovery == null ? null : new RecoveryState(recovery, SocketIds.next(), false);
    }

    /** That of a session that goes on. */
    static RecoveryState of(Recovery recovery, SavedSession session) {
        return new RecoveryState(recovery, session.pid(), true);
    }

    /** The way of an event to one socket by its adapter. */
    static BroadcastOptions only(String id, BroadcastFlags flags) {
        return new BroadcastOptions(Set.of(id), Set.of(), flags);
    }

    /** The secret; any thread. */
    String pid() {
        return pid;
    }

    /** Whether the session was restored; any thread. */
    boolean isRecovered() {
        return recovered;
    }

    /** Whether an event is to be sent to a connected socket: it was not when it was restored. */
    boolean isNews(OutgoingEvent event) {
        Offset offset = event.offset();
        return offset == null || offset.position() >= liveFrom;
    }

    /** An event was sent. */
    void onSent(OutgoingEvent event) {
        Offset offset = event.offset();
        if (offset != null) {
            if (first == null) {
                first = offset;
            }
            last = offset;
        }
    }

    /** An event came before the socket was connected, or after. */
    void onNotConnected(OutgoingEvent event) {
        if (early != null) {
            early.add(event);
        } else if (leaving) {
            onUnsent(event);
        }
    }

    /** An event could not be sent. */
    void onUnsent(OutgoingEvent event) {
        if (unsent == null && !event.isVolatile()) {
            unsent = event.offset();
        }
    }

    /** What comes from now on is kept until the session is restored. */
    void startRestoring() {
        early = new ArrayList<>();
    }

    /** The client was told all that it missed, and that it has joined. */
    void onAccepted(NamespaceSocket socket, @Nullable RestoredSession restored) {
        recovery.add(pid, socket);
        if (restored != null) {
            Progress progress = restored.progress();
            first = progress.first();
            last = progress.last();
            replayed = progress.replayed();
            claimed = progress.claimed();
            liveFrom = restored.liveFrom();
        }
        List<OutgoingEvent> waiting = early == null ? List.of() : early;
        early = null;
        waiting.forEach(socket::deliver);
    }

    /** Keeps the session of a socket that was lost, when all that was on its way has come. */
    void keep(NamespaceSocket socket) {
        leaving = true;
        Set<String> rooms = new HashSet<>(socket.membership().rooms());
        rooms.add(socket.id());
        socket.membership().suspend();
        socket.namespace().remove(socket); // not before: who is found by its id has to be in the log's account
        socket.eventLoop().execute(() -> {
            Progress progress = new Progress(first, last, unsent, replayed, claimed, !socket.isLossy());
            SavedSession session =
                    new SavedSession(socket.id(), pid, rooms, socket.data(), socket.principal(), progress);
            socket.namespace().adapter().persistSession(session, socket.membership());
            socket.namespace().leave();
            forget(socket);
        });
    }

    /** The last handler of the socket has run; any thread. */
    void onHandled(NamespaceSocket socket) {
        forget(socket);
    }

    /** Called when the session is kept, and when the last handler has run; until both, the socket can be found. */
    private synchronized void forget(NamespaceSocket socket) {
        if (++endings == 2 || !leaving) {
            recovery.remove(pid, socket);
        }
    }
}
