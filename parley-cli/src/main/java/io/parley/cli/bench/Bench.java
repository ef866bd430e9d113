package io.parley.cli.bench;

import io.parley.load.Figures;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.LoadException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan.
 *
 * <p><b>Threading.</b> {@link #run} is for one thread; {@link #soFar} for any.
 */
public final class Bench {

    private final Plan plan;
    private final Progress progress;
    private volatile @Nullable Load load; // null before it runs, and after
    private volatile @Nullable Figures connected; // null until all are

    /** A bench that tells its progress. */
    public Bench(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs all of it.
     *
     * @return what came of it; with an error if the server did something else than it is measured at
     * @throws IllegalArgumentException if the plan exceeds what may be
     */
    public Report run() {
        try (Load clients = new Load(plan.target())) {
            load = clients;
            clients.onProgress(figures -> progress.tell(clients.clients(), figures));
            return run(clients);
        } catch (LoadException unusable) {
            return new Report(plan, Optional.empty(), Optional.empty(), unusable.message());
        } finally {
            load = null;
        }
    }

    private Report run(Load clients) {
        try {
            if (plan.connectsFirst()) {
                progress.begin("connecting", plan.connections());
                connected = clients.connect(plan.connections());
            }
            Optional<Flow> flow = plan.flow();
            progress.begin("warming up", 0);
            flow.ifPresent(clients::start);
            clients.runFor(plan.warmUp());
            clients.mark();
            progress.begin(plan.scenario().operations(), 0);
            clients.runFor(plan.measured());
            Figures measured = clients.figures();
            clients.finish();
            return report(measured, "");
        } catch (LoadException wrong) {
            return report(clients.figures(), wrong.message());
        }
    }

    private Report report(Figures measured, String error) {
        return new Report(
                plan,
                Optional.ofNullable(connected),
                progress.isMeasuring() ? Optional.of(measured) : Optional.empty(),
                error);
    }

    /** What came of it up to now, when it is broken off; empty if nothing is measured yet. */
    public Optional<Report> soFar() {
        Load running = load;
        if (running == null || !progress.isMeasuring()) {
            return Optional.empty();
        }
        return Optional.of(report(running.figures(), ""));
    }
}
