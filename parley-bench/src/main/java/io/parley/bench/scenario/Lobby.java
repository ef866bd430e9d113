package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.io.IOException;
import java.util.Map;

/**
 * Events of one client that go to all of one room, while there are other clients and other rooms. One operation is an event
 * that reached a client.
 *
 * @param name of the scenario
 * @param members clients in the room
 * @param others clients that are not in it, and idle
 * @param rooms other rooms, of 5 clients each
 */
record Lobby(String name, int members, int others, int rooms) implements Scenario {

    private static final Messages ENTER = Messages.event("enter", 64).acknowledged(Messages.Answer.ANY);
    private static final Messages SAY = Messages.event("lobby", 64).repliedAs("broadcast");

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    /** Parley alone makes rooms when it is asked to. */
    @Override
    public boolean takes(PeerKind peer) {
        return peer.takes(setup()) && (rooms == 0 || peer == PeerKind.PARLEY || peer == PeerKind.PARLEY_LOOP);
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Target target = Gauge.socketIo(server, Wire.SOCKETIO_WEBSOCKET);
        int inside = pace.clients(members);
        int outside = Math.min(others, pace.maxClients() - inside);
        try (Load lobby = new Load(target);
                Load rest = new Load(target)) {
            lobby.connect(inside);
            lobby.start(Flow.once(ENTER));
            lobby.finish();
            if (outside > 0) {
                rest.connect(outside);
            }
            if (rooms > 0) {
                server.ask(PeerProgram.ROOMS + rooms + " " + Growths.IN_EACH_ROOM + " ");
            }
            lobby.start(Flow.broadcast(SAY, 1, FanOut.STEADY_WINDOW));
            Gauge.warmUp(lobby, server, pace.warmUp());
            Map<Metric, Double> figures = Gauge.measure(lobby, server, pace.measured());
            lobby.finish();
            return figures;
        }
    }
}
