package io.parley.bench.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * An axis: what it shows, and how a value becomes a place on it. A linear one begins with 0, so that a curve that looks flat
 * is flat.
 *
 * @param label with the unit
 * @param logarithmic whether each step is a factor
 * @param whole whether there is nothing between two whole numbers
 */
public record Axis(String label, boolean logarithmic, boolean whole) {

    private static final int TICKS = 6; // about
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double SLACK = 1e-9; // of what is computed

    /** Linear, from 0. */
    public static Axis linear(String label) {
        return new Axis(label, false, false);
    }

    /** The same, of what is counted. */
    public static Axis counting(String label) {
        return new Axis(label, false, true);
    }

    /** Logarithmic; values are above 0. */
    public static Axis logarithmic(String label) {
        return new Axis(label, true, false);
    }

    /** The axis for these values. */
    Scale scale(DoubleStream values) {
        double[] all = values.toArray();
        double max = DoubleStream.of(all).max().orElse(1);
        if (!logarithmic) {
            double step = Math.max(whole ? 1 : 0, round(Math.max(max, Double.MIN_NORMAL) / TICKS));
            return new Scale(this, 0, Math.max(step, Math.ceil(max / step - SLACK) * step), step);
        }
        double min = DoubleStream.of(all).filter(value -> value > 0).min().orElse(1);
        double first = roundDown(min);
        double last = round(max);
        return new Scale(this, first, last > first ? last : first * 10, 0);
    }

    /** The smallest of 1, 2, 5, 10, 20 and so on that is not below it. */
    private static double round(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (double round : ROUND) {
            if (round * decade >= value * (1 - SLACK)) {
                return round * decade;
            }
        }
        return 10 * decade;
    }

    private static double roundDown(double value) {
        double up = round(value);
        return up <= value * (1 + SLACK) ? up : up / (isRound(up / 5) ? 2.5 : 2);
    }

    /** Whether it is a power of ten. */
    private static boolean isRound(double value) {
        double exponent = Math.log10(value);
        return Math.abs(exponent - Math.rint(exponent)) < SLACK;
    }

    /**
     * An axis with its ends.
     *
     * @param axis what it shows
     * @param min the first value
     * @param max the last value
     * @param step between two ticks; 0 on a logarithmic axis
     */
    record Scale(Axis axis, double min, double max, double step) {

        /** Where a value is: 0 at the beginning, 1 at the end. */
        double place(double value) {
            return axis.logarithmic
                    ? (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min))
                    : (value - min) / (max - min);
        }

        /** The values that are written at it. */
        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (axis.logarithmic) {
                boolean few = max / min < 200; // up to two decades there is room for more
                double decade = Math.pow(10, Math.floor(Math.log10(min) + SLACK));
                for (; decade <= max * (1 + SLACK); decade *= 10) {
                    for (int i = 0; i < (few ? ROUND.length - 1 : 1); i++) {
                        double tick = decade * ROUND[i];
                        if (tick >= min * (1 - SLACK) && tick <= max * (1 + SLACK)) {
                            ticks.add(tick);
                        }
                    }
                }
            } else {
                for (int i = 0; i * step <= max * (1 + SLACK); i++) {
                    ticks.add(i * step);
                }
            }
            return ticks;
        }

        /** As a tick is written: 0.5 and 1.0, 20, 10,000. */
        String written(double tick) {
            double smallest = axis.logarithmic ? tick : step; // has the last digit that is needed
            int decimals = (int) Math.max(0, -Math.floor(Math.log10(smallest) + SLACK));
            return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
        }
    }
}
