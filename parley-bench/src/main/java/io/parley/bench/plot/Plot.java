package io.parley.bench.plot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.bench.plot.Axis.Scale;
import io.parley.bench.plot.Curve.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Curves with a title, axes and a legend, as an SVG.
 *
 * @param title above all
 * @param x the axis to the right
 * @param y the axis upwards
 * @param curves what it shows; at most {@value #MAX_CURVES}, for which there are colours
 */
public record Plot(String title, Axis x, Axis y, List<Curve> curves) {

    private static final int MAX_CURVES = 6;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 80;
    private static final int RIGHT = 40;
    private static final int TOP = 66;
    private static final int BOTTOM = 56;
    private static final int LEGEND_Y = 48;
    private static final int LETTER_WIDTH = 7; // about, for the legend's places

    /** Colours that people who see few of them tell apart, on light and on dark ground; both are the page's. */
    private static final String STYLE = """
            <style>
            text { font: 12px sans-serif; fill: #333 } .title { font-size: 15px; font-weight: bold }
            .ground { fill: #fff } .grid { stroke: #ddd } .frame { stroke: #888; fill: none }
            .curve { fill: none; stroke-width: 2 } .dot { stroke: none }
            .c0 { --c: #0072b2 } .c1 { --c: #d55e00 } .c2 { --c: #009e73 }
            .c3 { --c: #b0559b } .c4 { --c: #8c7a00 } .c5 { --c: #56789a }
            .curve { stroke: var(--c) } .dot { fill: var(--c) }
            @media (prefers-color-scheme: dark) {
            text { fill: #ccc } .ground { fill: #0d1117 } .grid { stroke: #30363d } .frame { stroke: #8b949e }
            .c0 { --c: #58a6ff } .c1 { --c: #ff9b54 } .c2 { --c: #3fd0a0 }
            .c3 { --c: #e39ad3 } .c4 { --c: #e0cc4a } .c5 { --c: #9db8d2 }
            }
            </style>
            """;

    /** Takes a copy of the curves. */
    public Plot {
        curves = List.copyOf(curves);
        if (curves.size() > MAX_CURVES) {
            throw new IllegalArgumentException("curves: " + curves.size() + " (expected: at most " + MAX_CURVES + ")");
        }
    }

    /** Writes it to a file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, svg(), UTF_8);
    }

    /** The text of the file. */
    public String svg() {
        Scale toTheRight = scale(x, Point::x);
        Scale upwards = scale(y, Point::y);
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        out.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        out.append(String.format("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>%n", WIDTH, HEIGHT));
        text(out, "class=\"title\"", WIDTH / 2.0, 24, "middle", title);
        ticks(out, toTheRight, upwards);
        labels(out);
        for (int i = 0; i < curves.size(); i++) {
            curve(out, i, toTheRight, upwards);
        }
        legend(out);
        return out.append("</svg>\n").toString();
    }

    private Scale scale(Axis axis, ToDoubleFunction<Point> value) {
        return axis.scale(
                curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(value));
    }

    private static void ticks(StringBuilder out, Scale toTheRight, Scale upwards) {
        int bottom = HEIGHT - BOTTOM;
        int end = WIDTH - RIGHT;
        for (double tick : toTheRight.ticks()) {
            double at = right(toTheRight, tick);
            line(out, at, TOP, at, bottom);
            text(out, "", at, bottom + 18, "middle", toTheRight.written(tick));
        }
        for (double tick : upwards.ticks()) {
            double at = up(upwards, tick);
            line(out, LEFT, at, end, at);
            text(out, "", LEFT - 6, at + 4, "end", upwards.written(tick));
        }
        out.append(String.format(
                "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>%n",
                LEFT, TOP, end - LEFT, bottom - TOP));
    }

    private void labels(StringBuilder out) {
        text(out, "", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", x.label());
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        text(out, "transform=\"rotate(-90 18 " + middle + ")\"", 18, middle, "middle", y.label());
    }

    private void curve(StringBuilder out, int index, Scale toTheRight, Scale upwards) {
        List<Point> points = curves.get(index).points();
        out.append("<polyline class=\"curve c").append(index).append("\" points=\"");
        out.append(points.stream()
                .map(point -> number(right(toTheRight, point.x())) + "," + number(up(upwards, point.y())))
                .collect(Collectors.joining(" ")));
        out.append("\"/>\n");
        for (Point point : points) {
            out.append(String.format(
                    "<circle class=\"dot c%d\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>%n",
                    index, number(right(toTheRight, point.x())), number(up(upwards, point.y()))));
        }
    }

    private void legend(StringBuilder out) {
        int at = LEFT;
        for (int i = 0; i < curves.size() && curves.size() > 1; i++) {
            String name = curves.get(i).name();
            out.append(String.format(
                    "<rect class=\"dot c%d\" x=\"%d\" y=\"%d\" width=\"14\" height=\"4\"/>%n", i, at, LEGEND_Y - 6));
            text(out, "", at + 20, LEGEND_Y, "start", name);
            at += 40 + LETTER_WIDTH * name.length();
        }
    }

    private static void line(StringBuilder out, double fromX, double fromY, double toX, double toY) {
        out.append(String.format(
                "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n",
                number(fromX), number(fromY), number(toX), number(toY)));
    }

    private static void text(StringBuilder out, String attributes, double atX, double atY, String anchor, String text) {
        out.append(String.format(
                "<text %s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n",
                attributes, number(atX), number(atY), anchor, escaped(text)));
    }

    private static double right(Scale scale, double value) {
        return LEFT + scale.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double up(Scale scale, double value) {
        return HEIGHT - BOTTOM - scale.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
