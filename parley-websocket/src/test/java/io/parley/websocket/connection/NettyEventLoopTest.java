package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyEventLoopTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final NettyEventLoop loop = NettyEventLoop.of(channel.eventLoop());
    private final List<String> ran = new ArrayList<>();

    @Test
    void givenATaskAskedForTwice_whenWhatWasReadIsDone_thenItRunsOnceAndAgainWhenAskedAgain() {
        Runnable task = () -> ran.add("task");
        Runnable other = () -> ran.add("other");
        loop.afterReading(task);
        loop.afterReading(other);
        loop.afterReading(task);

        assertThat(ran).isEmpty();
        channel.runPendingTasks();
        assertThat(ran).containsExactly("task", "other");
        loop.afterReading(task);
        channel.runPendingTasks();
        assertThat(ran).containsExactly("task", "other", "task");
    }

    @Test
    void givenMuchThatIsRead_whenATaskIsAskedForSixtyFourTimes_thenItRunsAtOnce() {
        Runnable task = () -> ran.add("task");
        for (int i = 0; i < 64; i++) {
            assertThat(ran).isEmpty();
            loop.afterReading(task);
        }

        assertThat(ran).containsExactly("task");
        channel.runPendingTasks();
        assertThat(ran).hasSize(1);
    }

    @Test
    void givenConnectionsToBeCutTogether_whenTheLoopGoesRound_thenEachRoundCutsOne() {
        EmbeddedChannel[] cut = {new EmbeddedChannel(), new EmbeddedChannel(), new EmbeddedChannel()};
        for (EmbeddedChannel one : cut) {
            loop.closeInTurn(one);
        }
        assertThat(openOf(cut)).isEqualTo(3);

        channel.runScheduledPendingTasks();
        assertThat(openOf(cut)).isEqualTo(2);
        channel.runScheduledPendingTasks();
        assertThat(openOf(cut)).isEqualTo(1);
        channel.runScheduledPendingTasks();
        assertThat(openOf(cut)).isZero();

        EmbeddedChannel later = new EmbeddedChannel();
        loop.closeInTurn(later);
        channel.runScheduledPendingTasks();
        assertThat(later.isOpen()).isFalse();
    }

    private static long openOf(EmbeddedChannel... channels) {
        return Arrays.stream(channels).filter(EmbeddedChannel::isOpen).count();
    }
}
