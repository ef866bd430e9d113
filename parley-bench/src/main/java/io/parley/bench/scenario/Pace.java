package io.parley.bench.scenario;

import java.time.Duration;

/**
 * How long and how large.
 *
 * @param warmUp CPU time that the server uses before it is measured: by CPU time and not by the clock, for a JVM that
 *     was starved while it warmed up is measured cold; unless it is zero, its compilers have to be through as well
 * @param measured how long it is measured
 * @param idled how long it is watched while its clients do nothing; as long as the time between two heartbeats, so that
 *     each client answers one
 * @param maxClients clients at most, whatever a scenario would like
 */
public record Pace(Duration warmUp, Duration measured, Duration idled, int maxClients) {

    /** So many clients, or as many as there may be. */
    int clients(int wanted) {
        return Math.min(wanted, maxClients);
    }
}
