package io.parley.socketio.adapter;

import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room of one namespace, and how a packet gets to them: on this server, and through a message broker on
 * the others. There is one adapter for each namespace.
 *
 * <p><b>Threading.</b> Every method may be called from any thread and must not block. What one thread does takes effect
 * in the order of its calls: a broadcast after a join reaches the socket that joined, and its recipients receive the
 * packets that one thread sends in the order of the calls.
 */
public interface Adapter extends AutoCloseable {

    /**
     * Takes a socket in.
     *
     * @return its rooms; to be closed when the socket is disconnected
     */
    Membership add(LocalSocket socket);

    /** How many servers form the cluster, this one included. */
    CompletableFuture<Integer> serverCount();

    /**
     * Sends an event.
     *
     * @param event without an acknowledgement id
     */
    void broadcast(Packet.Event event, BroadcastOptions options);

    /**
     * Sends an event and collects the acknowledgements until {@link BroadcastFlags#timeout} has passed.
     *
     * @param event with an acknowledgement id that is unique in the namespace
     * @param options with a timeout
     * @param listener hears what comes back
     */
    void broadcastWithAck(Packet.Event event, BroadcastOptions options, BroadcastAckListener listener);

    /** Finds the sockets that a broadcast would reach. */
    CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Puts the sockets that a broadcast would reach into rooms. */
    void join(BroadcastOptions options, Collection<String> rooms);

    /** Takes the sockets that a broadcast would reach out of rooms. */
    void leave(BroadcastOptions options, Collection<String> rooms);

    /**
     * Disconnects the sockets that a broadcast would reach. An adapter that keeps sessions forgets those of clients that
     * it would have reached, were they not away.
     *
     * @param close whether to close their connections as well
     */
    void disconnect(BroadcastOptions options, boolean close);

    /**
     * Sends an event to the same namespace on the other servers of the cluster, where it comes to
     * {@link LocalNamespace#onServerSideEvent}. Nothing happens when there are none, as here.
     */
    default void serverSideEmit(String event, Arguments arguments) {}

    /**
     * Like {@link #serverSideEmit}, and collects an answer from each of the other servers. There are none here: no
     * answers, at once.
     *
     * @return fails with {@link io.parley.socketio.AckTimeoutException}, which carries the answers so far, when a
     *     server does not answer in time
     */
    default CompletableFuture<List<Arguments>> serverSideEmitWithAck(String event, Arguments arguments) {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Adds a listener for what happens to rooms on this server from now on.
     *
     * @throws UnsupportedOperationException if the adapter does not tell
     */
    default void addRoomListener(RoomListener listener) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not tell what happens to rooms");
    }

    /**
     * Keeps the session of a client that was lost, for a while. Does nothing unless the adapter says otherwise.
     *
     * @param membership what {@link #add} returned for the socket, {@linkplain Membership#suspend suspended}; every
     *     event that was to reach the socket by it was handed to the socket before
     */
    default void persistSession(SavedSession session, Membership membership) {}

    /**
     * Looks for the session of a client that comes back, and changes nothing. Finds none unless the adapter says
     * otherwise. If the stage fails, that is logged, and the client begins anew.
     *
     * @param pid by which it is known
     * @param offset of the last event that it had; null if it had none
     * @return empty if the session is not known, or not all that the client may have missed
     */
    default CompletionStage<Optional<SavedSession>> findSession(String pid, @Nullable String offset) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * Lets a session go on: takes it, so that no other socket can, puts its new socket into its rooms, and finds what
     * the client missed. From this call on whatever is delivered to the socket is kept by it until the stage completes;
     * it lets go of what stands before {@link RestoredSession#liveFrom} then, so nothing is lost or doubled if every
     * event that was not delivered to the socket stands before that place.
     *
     * @param session what {@link #findSession} found
     * @param offset of the last event that the client had; null if it had none
     * @param membership of the new socket
     * @return empty if another one took it meanwhile, or if its time is over
     */
    default CompletionStage<Optional<RestoredSession>> restoreSession(
            SavedSession session, @Nullable String offset, Membership membership) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /** Lets go of what connects this server with others. The sockets stay in their rooms. */
    @Override
    void close();
}
