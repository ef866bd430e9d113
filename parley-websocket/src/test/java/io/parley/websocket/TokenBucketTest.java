package io.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = Math.subtractExact(Long.MAX_VALUE, 3 * SECOND); // the clock may pass its end

    private final TokenBucket bucket = new TokenBucket(new Rate(2, 3), START);

    @Test
    void givenAFullBucket_whenTakenFrom_thenItHoldsItsBurst() {
        assertThat(bucket.isFull(START)).isTrue();
        assertThat(bucket.tryTake(3, START)).isTrue();

        assertThat(bucket.tryTake(1, START)).isFalse();
        assertThat(bucket.isFull(START)).isFalse();
    }

    @Test
    void givenAnEmptyBucket_whenTimePasses_thenItFillsAtItsRateAndNoFurther() {
        bucket.take(3, START);

        assertThat(bucket.tryTake(1, START + SECOND / 2 - 1)).isFalse();
        assertThat(bucket.tryTake(1, START + SECOND / 2)).isTrue();
        assertThat(bucket.tryTake(4, START + 100 * SECOND)).isFalse();
        assertThat(bucket.tryTake(3, START + 100 * SECOND)).isTrue();
    }

    @Test
    void givenMoreThanTheBurst_whenOverdrawn_thenItPassesOnceAndIsPaidBack() {
        assertThat(bucket.tryOverdraw(5, START)).isTrue();

        assertThat(bucket.tryOverdraw(1, START + SECOND)).isFalse();
        assertThat(bucket.untilThereAre(1, START)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(bucket.tryOverdraw(1, START + SECOND + 1)).isTrue();
    }

    @Test
    void givenTokensThatAreThere_whenAskedHowLong_thenNoTime() {
        assertThat(bucket.untilThereAre(3, START)).isZero();
    }

    @Test
    void givenARateOfNothing_whenMade_thenItFails() {
        assertThatThrownBy(() -> new Rate(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate: 0 a second, burst: 1 (expected: 1 or more each)");
        assertThatThrownBy(() -> new Rate(1, 0)).hasMessageContaining("burst: 0");
        assertThat(new Rate(10, 20)).hasToString("10 a second, 20 at once");
    }
}
