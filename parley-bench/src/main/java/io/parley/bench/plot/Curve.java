package io.parley.bench.plot;

import java.util.List;

/**
 * One curve of a plot.
 *
 * @param name what the legend calls it
 * @param points in the order in which they are joined
 */
public record Curve(String name, List<Point> points) {

    /** Takes a copy of the points. */
    public Curve {
        points = List.copyOf(points);
    }

    /**
     * One point.
     *
     * @param x to the right
     * @param y upwards
     */
    public record Point(double x, double y) {}
}
