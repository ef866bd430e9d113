package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the answers to a broadcast are all there, and who is told where. */
class BroadcastRepliesTest {

    private final BroadcastReplies replies = new BroadcastReplies(new TestServer().io); // its handlers run at once

    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        var unused = replies.future().whenComplete((all, failure) -> {
            assertThat(Thread.holdsLock(replies)).isFalse();
            told.add(failure == null ? all.size() + " replies" : unwrapped(failure));
        });
    }

    @Test
    void givenTwoServers_whenAllClientsOfBothHaveAnswered_thenItIsToldOnceWithoutALock() {
        replies.onServerCount(2, null);
        replies.onClientCount(1);
        replies.onAck(Arguments.of("one"));
        assertThat(told).isEmpty();
        replies.onClientCount(1);
        assertThat(told).isEmpty();

        replies.onAck(Arguments.of("two"));
        replies.onTimeout();

        assertThat(told).containsExactly("2 replies");
    }

    @Test
    void givenAnAnswerIsMissing_whenTheTimeIsOver_thenThoseThatCameAreToldOnceWithoutALock() {
        replies.onServerCount(1, null);
        replies.onClientCount(2);
        replies.onAck(Arguments.of("one"));

        replies.onTimeout();
        replies.onAck(Arguments.of("late"));

        assertThat(told).containsExactly("timed out after 1");
    }

    @Test
    void givenTheServersCannotBeCounted_whenTheRestComes_thenTheFailureIsToldOnceWithoutALock() {
        replies.onServerCount(null, new IllegalStateException("no network"));
        replies.onClientCount(0);
        replies.onTimeout();

        assertThat(told).containsExactly("no network");
    }

    private static String unwrapped(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof AckTimeoutException timeout
                ? "timed out after " + timeout.replies().size()
                : String.valueOf(cause.getMessage());
    }
}
