package io.parley.bench.growth;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import io.parley.bench.plot.Axis;
import io.parley.bench.plot.Curve;
import io.parley.bench.plot.Curve.Point;
import io.parley.bench.plot.Plot;
import io.parley.bench.report.Report;
import io.parley.bench.scenario.Growth;
import io.parley.bench.scenario.Growth.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured over ranges, drawn and told.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Curves {

    private static final int FACTOR = 10; // from which on a range is drawn in factors

    private final Report report;
    private final List<PeerKind> peers;

    /** Of what those servers were measured at. */
    public Curves(Report report, List<PeerKind> peers) {
        this.report = report;
        this.peers = List.copyOf(peers);
    }

    /**
     * Draws each range of which there is a point.
     *
     * @param folder where the files go, each with the name of its range
     * @return a text that shows them, for a file in that folder
     */
    public String write(List<Growth> growths, Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder shown = new StringBuilder();
        for (Growth growth : growths) {
            Plot plot = plot(growth);
            if (!plot.curves().isEmpty()) {
                String file = growth.name() + ".svg";
                plot.write(folder.resolve(file));
                shown.append("![")
                        .append(growth.title())
                        .append("](")
                        .append(file)
                        .append(")\n\n");
            }
        }
        return shown.toString();
    }

    private Plot plot(Growth growth) {
        List<Step> steps = growth.steps();
        boolean wide =
                steps.get(steps.size() - 1).value() >= FACTOR * steps.get(0).value();
        return new Plot(
                growth.title(),
                wide ? Axis.logarithmic(growth.grows()) : Axis.counting(growth.grows()),
                Axis.linear(growth.metric().title()),
                peers.stream()
                        .map(peer -> curve(growth, peer))
                        .filter(curve -> !curve.points().isEmpty())
                        .toList());
    }

    private Curve curve(Growth growth, PeerKind peer) {
        List<Point> points = new ArrayList<>();
        for (Step step : growth.steps()) {
            report.median(step.scenario().name(), peer, growth.metric())
                    .ifPresent(median -> points.add(new Point(step.value(), median)));
        }
        return new Curve(peer.title(Protocol.SOCKET_IO), points);
    }
}
