package io.parley.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bench.plot.Curve.Point;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {

    private static final Curve CURVE =
            new Curve("Parley & co", List.of(new Point(10, 2), new Point(100, 3), new Point(10_000, 4)));

    @Test
    void givenCurves_whenDrawn_thenItIsXmlWithTitleLabelsAndEachPoint() throws Exception {
        Plot plot = new Plot(
                "Cost < all",
                Axis.logarithmic("recipients"),
                Axis.linear("CPU, µs"),
                List.of(CURVE, new Curve("Node", CURVE.points())));

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.svg())));

        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains(
                        "Cost < all", "recipients", "CPU, µs", "Parley & co", "Node", "10,000", "prefers-color-scheme");
    }

    @Test
    void givenPoints_whenDrawn_thenTheyAreWhereTheirAxesSay() {
        Plot plot = new Plot("t", Axis.logarithmic("x"), Axis.linear("y"), List.of(CURVE));

        String svg = plot.svg();

        assertThat(svg).contains("points=\"80.0,215.0 280.0,140.5 680.0,66.0\"");
    }

    @Test
    void givenALinearAxis_whenScaled_thenItBeginsWithZeroAndEndsRound() {
        assertThat(Axis.linear("y").scale(DoubleStream.of(3.1, 4.7)).ticks())
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(Axis.linear("y").scale(DoubleStream.of(0)).ticks()).startsWith(0.0);
    }

    @Test
    void givenALogarithmicAxis_whenScaled_thenTicksAreDecadesOrMore() {
        assertThat(Axis.logarithmic("x").scale(DoubleStream.of(1, 100_000)).ticks())
                .containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
        assertThat(Axis.logarithmic("x").scale(DoubleStream.of(30, 150)).ticks())
                .containsExactly(20.0, 50.0, 100.0, 200.0);
    }

    @Test
    void givenTicks_whenWritten_thenTheyHaveTheDigitsThatTheyNeed() {
        assertThat(written(Axis.linear("y"), 1.7)).containsExactly("0.0", "0.5", "1.0", "1.5", "2.0");
        assertThat(written(Axis.linear("y"), 40_000)).contains("0", "20,000");
        assertThat(written(Axis.counting("x"), 1, 2)).containsExactly("0", "1", "2");
        assertThat(written(Axis.logarithmic("x"), 0.05, 20_000)).contains("0.1", "1", "10,000");
    }

    private static List<String> written(Axis axis, double... values) {
        Axis.Scale scale = axis.scale(DoubleStream.of(values));
        return scale.ticks().stream().map(scale::written).toList();
    }

    @Test
    void givenMoreCurvesThanColours_whenMade_thenItSaysHowManyThereMayBe() {
        List<Curve> curves = Collections.nCopies(7, CURVE);

        assertThatThrownBy(() -> new Plot("t", Axis.linear("x"), Axis.linear("y"), curves))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curves: 7 (expected: at most 6)");
    }
}
