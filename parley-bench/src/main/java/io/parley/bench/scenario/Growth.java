package io.parley.bench.scenario;

import io.parley.bench.report.Metric;
import java.util.List;

/**
 * The same scenario over a range.
 *
 * @param name on the command line, and of the files
 * @param title what the plot shows
 * @param grows what grows
 * @param metric what is drawn
 * @param steps the scenario at each value
 */
public record Growth(String name, String title, String grows, Metric metric, List<Step> steps) {

    /** Takes a copy of the steps. */
    public Growth {
        steps = List.copyOf(steps);
    }

    /**
     * One point of the curve.
     *
     * @param value how large what grows is
     * @param scenario what is measured there
     */
    public record Step(int value, Scenario scenario) {}
}
