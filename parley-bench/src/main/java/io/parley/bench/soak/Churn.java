package io.parley.bench.soak;

import io.parley.bench.process.PeerProcess;
import io.parley.bench.scenario.PlainConnection;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Clients that come, join rooms, talk and go: by every transport in turn, with a farewell or cut off in the middle of what
 * they do.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Churn {

    private static final List<Wire> WIRES =
            List.of(Wire.SOCKETIO_WEBSOCKET, Wire.SOCKETIO_UPGRADE, Wire.SOCKETIO_POLLING);
    private static final Messages VISITS = Messages.event("visit", 64).repliedAs("broadcast");
    private static final int POLITE = 5;

    private final PeerProcess server;
    private final int clients;
    private final Duration talk;
    private int rounds;
    private long connections;
    private long events;

    /** With so many clients a round, that talk for that long. */
    Churn(PeerProcess server, int clients, Duration talk) {
        this.server = server;
        this.clients = clients;
        this.talk = talk;
    }

    /** One generation of clients. */
    void round() throws IOException {
        boolean cutOff = rounds % 2 == 0;
        crowd(WIRES.get(rounds % WIRES.size()), cutOff);
        for (int i = 0; i < POLITE; i++) {
            polite("room " + rounds + " " + i);
        }
        rounds++;
    }

    /** Those that are cut off have joined rooms and have events under way; the others' last word has come. */
    private void crowd(Wire wire, boolean cutOff) {
        Target target =
                Target.builder("http://127.0.0.1:" + server.port()).wire(wire).build();
        try (Load load = new Load(target)) {
            load.connect(clients);
            load.start(Flow.echo(VISITS, 1));
            load.runFor(talk);
            if (!cutOff) {
                load.finish();
            }
            connections += clients;
            events += load.figures().operations();
        }
    }

    /** Joins two rooms, talks in one, leaves it, and then the server; the other is left by that. */
    private void polite(String room) throws IOException {
        try (PlainConnection connection = PlainConnection.open(server)) {
            connection.send("421[\"join\",[\"lobby\",\"" + room + "\"]]");
            connection.await("431[");
            connection.send("42[\"to\",\"" + room + "\",\"hello\"]");
            connection.await("42[\"broadcast\",\"hello\"]");
            connection.send("42[\"leave\",\"" + room + "\"]");
            connection.leave();
            connections++;
            events += 3;
        }
    }

    long connections() {
        return connections;
    }

    long events() {
        return events;
    }
}
