package io.parley.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final double MIB = 1 << 20;

    @Test
    void givenWhatGrowsInTheFirstThirdAlone_whenJudged_thenItIsFlat() {
        SoakReport report = report(i -> MIB * Math.min(i, 10));

        assertThat(report.isFlat()).isTrue();
        assertThat(report.markdown()).contains("| live heap, bytes | 10,485,760 | 10,485,760 | flat |", "**Flat.**");
    }

    @Test
    void givenAHeapThatGrowsToTheEnd_whenJudged_thenItSaysSo() {
        SoakReport report = report(i -> MIB * i);

        assertThat(report.isFlat()).isFalse();
        assertThat(report.markdown())
                .contains("| live heap, bytes | 15,728,640 | 26,214,400 | grows |", "| threads | 20 | 20 | flat |")
                .contains("**Not flat.**");
    }

    @Test
    void givenSamples_whenDrawn_thenEachIsInPercentOfItsSecondThird() {
        SoakReport report = report(i -> 7 * MIB);

        assertThat(report.plot().curves()).hasSize(5).allSatisfy(curve -> assertThat(curve.points())
                .allSatisfy(point -> assertThat(point.y()).isEqualTo(100)));
    }

    @Test
    void givenFewerSamplesThanThirds_whenMade_thenItSaysHowManyThereMustBe() {
        List<Sample> samples = report(i -> 1).samples().subList(0, 2);

        assertThatThrownBy(() -> new SoakReport("", samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 samples (expected: 3 or more)");
    }

    /** 30 samples with that live heap, and the same of all else. */
    private static SoakReport report(IntToDoubleFunction heap) {
        return new SoakReport(
                "A test.",
                IntStream.range(0, 30)
                        .mapToObj(i -> new Sample(
                                i,
                                Arrays.stream(Held.values())
                                        .collect(Collectors.toMap(
                                                Function.identity(),
                                                held -> held == Held.HEAP ? heap.applyAsDouble(i) : 20))))
                        .toList());
    }
}
