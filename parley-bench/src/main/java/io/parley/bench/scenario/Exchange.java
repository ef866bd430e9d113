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
 * Events that are answered, at saturation: each client sends one for each answer. One operation is one answer.
 *
 * @param name of the scenario
 * @param setup what the server is to be
 * @param namespace where the clients are
 * @param wire what carries them
 * @param clients connections
 * @param window events on the way, for each client
 * @param messages which events, and how they are answered
 */
record Exchange(String name, PeerSetup setup, String namespace, Wire wire, int clients, int window, Messages messages)
        implements Scenario {

    /** In {@code /} of a server that has everything at its default. */
    Exchange(String name, Wire wire, int clients, int window, Messages messages) {
        this(name, Gauge.SOCKET_IO, "/", wire, clients, window, messages);
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Target target =
                Gauge.socketIo(server, wire).toBuilder().namespace(namespace).build();
        return Gauge.saturate(target, Flow.echo(messages, window), pace.clients(clients), server, pace);
    }
}
