package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Events of one client that go to everybody; one operation is one that reached a client.
 *
 * @param name of the scenario
 * @param setup what the server is to be
 * @param clients connections
 * @param bytes of an event's text
 * @param window events on the way, where they are sent as fast as they are taken
 * @param half whether their rate is half of what the official server does at saturation, and not as many as the server
 *     takes
 * @param rate operations a second; 0 where it is not known yet, or as many as the server takes
 */
record FanOut(String name, PeerSetup setup, int clients, int bytes, int window, boolean half, double rate)
        implements Scenario {

    static final int STEADY_WINDOW = 8;

    private static final String HALF = "-half";
    private static final String EVENT = "broadcast";
    private static final int UNDER_WAY = 16_000; // operations, so that a server is never without work
    private static final int WARM_UP_DIVISOR = 3; // of the rest: what is joined at saturation is not joined now
    private static final int MAX_WINDOW = 32; // events

    /** The same number of events on the way, however many clients there are: for what is compared over a range. */
    static FanOut steady(String name, PeerSetup setup, int clients) {
        return new FanOut(name, setup, clients, 64, STEADY_WINDOW, false, 0);
    }

    /** So many operations a second, in an open loop. */
    static FanOut atRate(String name, PeerSetup setup, int clients, double rate) {
        return new FanOut(name, setup, clients, 64, STEADY_WINDOW, false, rate);
    }

    /** As many as the server takes, in a closed loop. */
    static FanOut saturated(String name, int clients, int bytes) {
        int window = Math.max(1, Math.min(MAX_WINDOW, UNDER_WAY / clients));
        return new FanOut(name, Gauge.SOCKET_IO, clients, bytes, window, false, 0);
    }

    /** The same with half of what the official server does at it, in an open loop. */
    FanOut atHalf() {
        return new FanOut(name + HALF, setup, clients, bytes, window, true, 0);
    }

    /** It is what the floor is the floor of. */
    @Override
    public boolean takes(PeerKind peer) {
        return peer.takes(setup);
    }

    @Override
    public Optional<Scenario> basis() {
        String basis = name.substring(0, name.length() - (half ? HALF.length() : 0));
        return half ? Optional.of(saturated(basis, clients, bytes)) : Optional.empty();
    }

    @Override
    public Scenario withBasis(double saturation) {
        return new FanOut(name, setup, clients, bytes, window, half, saturation / 2);
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        int count = pace.clients(clients);
        try (Load load = new Load(Gauge.socketIo(server, Wire.SOCKETIO_WEBSOCKET))) {
            load.connect(count);
            load.start(Flow.broadcast(messages(), 1, window));
            Gauge.warmUp(load, server, pace.warmUp());
            if (rate > 0) {
                load.finish();
                load.start(Flow.broadcastAtRate(messages(), 1, rate / count));
                load.runFor(Gauge.SETTLING);
                Gauge.warmUp(load, server, pace.warmUp().dividedBy(WARM_UP_DIVISOR));
            }
            Map<Metric, Double> figures = Gauge.measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }

    private Messages messages() {
        return Messages.event(EVENT, bytes);
    }
}
