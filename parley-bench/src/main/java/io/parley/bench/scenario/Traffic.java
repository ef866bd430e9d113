package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Messages;
import java.io.IOException;
import java.util.Map;

/**
 * Messages at saturation: as many as the server takes, in a closed loop.
 *
 * @param name of the scenario
 * @param kind what the server does with a message
 * @param text whether messages are text
 * @param bytes of a message
 * @param deflate whether they are compressed
 * @param clients connections
 * @param window messages on the way, for each client or for the one that sends
 */
record Traffic(String name, Kind kind, boolean text, int bytes, boolean deflate, int clients, int window)
        implements Scenario {

    /** What a server does with a message. */
    enum Kind {
        /** Back to its sender. */
        ECHO("/echo"),
        /** To everybody. */
        BROADCAST("/broadcast");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    @Override
    public PeerSetup setup() {
        return PeerSetup.of(Protocol.RAW).withDeflate(deflate);
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Messages messages = text ? Messages.text(bytes) : Messages.binary(bytes);
        Flow flow =
                switch (kind) {
                    case ECHO -> Flow.echo(messages, window);
                    case BROADCAST -> Flow.broadcast(messages, 1, window);
                };
        return Gauge.warmAndMeasure(Gauge.raw(server, kind.path, deflate), flow, pace.clients(clients), server, pace);
    }
}
