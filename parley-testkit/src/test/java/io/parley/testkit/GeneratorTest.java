package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    @Test
    void givenAProperty_whenChecked_thenItRunsThatOften() {
        AtomicInteger runs = new AtomicInteger();

        Generator.check(50, generator -> {
            runs.incrementAndGet();
            assertThat(generator.integer(3, 5)).isBetween(3, 5);
            assertThat(generator.length(10)).isBetween(0, 10);
            String text = generator.text(7);
            assertThat(text.codePointCount(0, text.length())).isEqualTo(7);
        });

        assertThat(runs).hasValue(50);
    }

    @Test
    void givenAPropertyThatDoesNotHold_whenChecked_thenTheFailureHasTheSeed() {
        assertThatThrownBy(() -> Generator.check(9, generator -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessageMatching("Failed with -Dparley\\.seed=-?\\d+: no");
    }
}
