package io.parley.bench.soak;

import io.parley.bench.process.PeerProcess;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a server held at one time.
 *
 * @param seconds since the beginning
 * @param held how much of each
 */
record Sample(double seconds, Map<Held, Double> held) {

    /** Takes a copy. */
    Sample {
        held = Map.copyOf(held);
    }

    /** Of now; the heap is collected for it. */
    static Sample take(PeerProcess server) throws IOException {
        Map<Held, Double> held = new EnumMap<>(Held.class);
        held.put(Held.HEAP, (double) server.liveHeapBytes());
        held.put(Held.DIRECT, (double) server.directBytes());
        held.put(Held.RESIDENT, (double) server.residentBytes());
        held.put(Held.THREADS, (double) server.threads());
        held.put(Held.FILES, (double) server.openFiles());
        return new Sample(server.age().toNanos() / 1e9, held);
    }
}
