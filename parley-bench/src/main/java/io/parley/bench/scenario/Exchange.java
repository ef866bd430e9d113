package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Messages;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.io.IOException;
import java.util.Map;

/**
 * Events that are answered: at saturation, where each client sends one for each answer, or at a rate. One operation is one
 * answer.
 *
 * @param name of the scenario
 * @param setup what the server is to be
 * @param namespace where the clients are
 * @param wire what carries them
 * @param clients connections
 * @param window events on the way, for each client
 * @param messages which events, and how they are answered
 * @param rate of all clients, in events a second; 0 for saturation
 */
record Exchange(
        String name,
        PeerSetup setup,
        String namespace,
        Wire wire,
        int clients,
        int window,
        Messages messages,
        double rate)
        implements Scenario {

    /** At saturation, in {@code /} of a server that has everything at its default. */
    Exchange(String name, Wire wire, int clients, int window, Messages messages) {
        this(name, Gauge.SOCKET_IO, "/", wire, clients, window, messages, 0);
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Target target =
                Gauge.socketIo(server, wire).toBuilder().namespace(namespace).build();
        Flow flow = rate > 0 ? Flow.echoAtRate(messages, rate) : Flow.echo(messages, window);
        return Gauge.warmAndMeasure(target, flow, pace.clients(clients), server, pace);
    }
}
