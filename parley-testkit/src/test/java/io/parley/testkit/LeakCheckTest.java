package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.LeakPresenceDetector.ResourceScope;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

    @Test
    void givenABufferThatIsNotReleased_whenChecked_thenTheFailureNamesItsMaker() {
        CountingLeakDetector.startScope("leaking");
        PooledByteBufAllocator.DEFAULT.buffer(1);
        ResourceScope leaking = CountingLeakDetector.startScope("next");

        assertThatThrownBy(() -> LeakCheck.expectReleased(leaking, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scope 'leaking'")
                .satisfies(error -> assertThat(error.getSuppressed()[0].getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(LeakCheckTest.class.getName())));
    }

    @Test
    void givenBuffersThatAreReleased_whenChecked_thenNothingHappens() {
        CountingLeakDetector.startScope("clean");
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(1);
        buffer.retainedSlice().release();
        buffer.release();
        ResourceScope clean = CountingLeakDetector.startScope("next");

        assertThatCode(() -> LeakCheck.expectReleased(clean, 0)).doesNotThrowAnyException();
    }
}
