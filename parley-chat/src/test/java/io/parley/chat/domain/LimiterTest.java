package io.parley.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.chat.domain.ChatException.Code;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // a clock may overflow
    private final Limiter limiter = new Limiter(10, 3, 2, now::get);

    @Test
    void givenAFullBucket_whenTheBurstIsTaken_thenTheNextSaysWhenToTryAgain() {
        take("ada", 3);

        ChatException refusal = catchThrowableOfType(ChatException.class, () -> limiter.take("ada"));

        assertThat(refusal).hasMessage("Too much at once: try again in 0.1 s.");
        assertThat(refusal.code()).isEqualTo(Code.FLOOD);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void givenAnEmptyBucket_whenTimePasses_thenItFillsAtItsRate() {
        take("ada", 3);
        now.addAndGet(Duration.ofMillis(200).toNanos());

        take("ada", 2);

        assertThatThrownBy(() -> limiter.take("ada")).isInstanceOf(ChatException.class);
    }

    @Test
    void givenOneWhoFloods_whenAnotherTakes_thenTheyDoNotNotice() {
        take("ada", 3);

        assertThatCode(() -> limiter.take("bob")).doesNotThrowAnyException();
    }

    @Test
    void givenMoreKeysThanRemembered_whenTheOldestReturns_thenItsBucketIsFull() {
        take("ada", 3);
        take("bob", 1);
        take("cy", 1);

        assertThatCode(() -> take("ada", 3)).doesNotThrowAnyException();
    }

    @Test
    void givenNoRate_whenMade_thenItSaysWhatIsExpected() {
        assertThatThrownBy(() -> new Limiter(0, 1, 1, now::get))
                .hasMessage("rate: 0 a second, burst: 1 (expected: 1 or more each)");
    }

    private void take(String key, int times) {
        for (int i = 0; i < times; i++) {
            limiter.take(key);
        }
    }
}
