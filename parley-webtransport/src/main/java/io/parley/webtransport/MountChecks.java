package io.parley.webtransport;

import io.parley.engineio.TransportType;
import io.parley.engineio.server.EngineOptions;

/** Whether an engine and the port that is to carry its sessions fit each other. */
final class MountChecks {

    private MountChecks() {}

    static void check(EngineOptions engine, ServerOptions server) {
        if (!engine.transports().contains(TransportType.WEBTRANSPORT)) {
            throw new IllegalArgumentException("engine: transports " + engine.transports()
                    + " (expected: WEBTRANSPORT among them); set it with EngineOptions.builder().transports(…)");
        }
        if (server.idleTimeout().compareTo(engine.pingInterval()) <= 0) {
            throw new IllegalArgumentException("idleTimeout: " + server.idleTimeout()
                    + " (expected: longer than the engine's pingInterval, " + engine.pingInterval()
                    + ", which keeps a session alive)");
        }
    }
}
