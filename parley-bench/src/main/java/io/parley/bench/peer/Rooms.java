package io.parley.bench.peer;

import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rooms of a Parley server that is asked to emit to them itself, so that their number is all that changes.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Rooms {

    private static final int STRIDE = 7919; // a prime: the next room is none that was of late
    private static final String TEXT = "x".repeat(64);

    private final Namespace namespace;
    private List<String> names = List.of();
    private int next;

    Rooms(Namespace namespace) {
        this.namespace = namespace;
    }

    /** Answers {@link PeerProgram#ROOMS} and {@link PeerProgram#EMIT}. */
    long answer(String question) {
        String[] words = question.split(" ", -1);
        return switch (words[0] + " ") {
            case PeerProgram.ROOMS -> join(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case PeerProgram.EMIT -> emit(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException("Question '" + question + "' (expected: rooms or emit)");
        };
    }

    private long join(int count, int members) {
        List<Socket> sockets = List.copyOf(namespace.sockets().values());
        names = IntStream.range(0, count).mapToObj(i -> "room " + i).toList();
        int socket = 0;
        for (String name : names) {
            for (int i = 0; i < members; i++) {
                sockets.get(socket++ % sockets.size()).join(name);
            }
        }
        return (long) count * members;
    }

    private long emit(int count) {
        for (int i = 0; i < count; i++) {
            next = (next + STRIDE) % names.size();
            namespace.to(names.get(next)).emit(Peer.BROADCAST_EVENT, TEXT);
        }
        return count;
    }
}
