package io.parley.bench.soak;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a Parley server under churn, and looks at what it holds: after each few rounds, when all but some clients that stay
 * are gone.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Soak {

    private static final int SAMPLES = 120; // about
    private static final Duration SETTLING = Duration.ofMillis(500); // until the server has seen that clients are gone
    private static final Messages ACKNOWLEDGED = Messages.event("echo", 64).acknowledged(Messages.Answer.SAME);

    private final int staying;
    private final int clients;
    private final Duration talk;
    private final PrintStream out;

    /**
     * A soak.
     *
     * @param staying clients that stay, and talk all the time
     * @param clients that come and go in each round
     * @param talk how long those talk
     * @param out where samples are told
     */
    public Soak(int staying, int clients, Duration talk, PrintStream out) {
        this.staying = staying;
        this.clients = clients;
        this.talk = talk;
        this.out = out;
    }

    /**
     * Runs it for that long.
     *
     * @throws IOException if the server does not start, or a connection fails
     * @throws RuntimeException if the server answers wrongly
     */
    public SoakReport run(PeerKind peer, Cores cores, Duration time) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (PeerProcess server = PeerProcess.start(peer, PeerSetup.of(Protocol.SOCKET_IO), cores, List.of());
                Load stayers = new Load(Target.of("http://127.0.0.1:" + server.port()))) {
            stayers.connect(staying);
            stayers.start(Flow.echoAtRate(ACKNOWLEDGED, 10.0 * staying));
            Churn churn = new Churn(server, clients, talk);
            Duration pause = time.dividedBy(SAMPLES);
            Duration next = server.age().plus(pause);
            while (server.age().compareTo(time) < 0 || samples.size() < SoakReport.LEAST_SAMPLES) {
                churn.round();
                if (server.age().compareTo(next) >= 0) {
                    stayers.runFor(SETTLING);
                    samples.add(told(Sample.take(server)));
                    next = server.age().plus(pause);
                }
            }
            stayers.finish();
            return new SoakReport(
                    String.format(
                            "%,d s, %,d connections that came and went, %,d events of theirs and %,d of %,d that stayed.",
                            server.age().toSeconds(),
                            churn.connections(),
                            churn.events(),
                            stayers.figures().operations(),
                            staying),
                    samples);
        }
    }

    private Sample told(Sample sample) {
        out.printf("%,8.1f s %s%n", sample.seconds(), sample.held());
        return sample;
    }
}
