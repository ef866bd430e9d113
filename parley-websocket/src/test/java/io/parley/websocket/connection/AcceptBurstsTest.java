package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class AcceptBurstsTest {

    private static final int DESCRIPTOR = 42;
    private static final int NONE_LEFT = -1;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ExtendedHandle burst = new AcceptBursts().newHandle();
    private int asked; // since the test began

    @Test
    void givenOneConnectionNowAndThen_whenAccepted_thenOneRoundOfNineAsksInVain() {
        for (int i = 0; i < 90; i++) {
            assertThat(round(1)).isEqualTo(1);
        }

        assertThat(asked).isEqualTo(100);
    }

    @Test
    void givenACrowd_whenAccepted_thenMoreAndMoreAtATimeUpToTheMost() {
        int rounds = 0;
        for (int at = 1; at < AcceptBursts.MOST; at *= 2) {
            for (int i = 0; i < AcceptBursts.ROUNDS_BEFORE_MORE; i++) {
                assertThat(round(1_000)).isEqualTo(at);
                rounds++;
            }
        }

        assertThat(rounds).isEqualTo(32);
        for (int i = 0; i < 2 * AcceptBursts.ROUNDS_BEFORE_MORE; i++) {
            assertThat(round(1_000)).isEqualTo(AcceptBursts.MOST);
        }
    }

    @Test
    void givenACrowdThatThinsOut_whenAccepted_thenItIsAskedForAsManyAsThereWere() {
        for (int i = 0; i < 32; i++) {
            round(1_000);
        }

        assertThat(round(3)).isEqualTo(3);
        int before = asked;
        assertThat(round(3)).isEqualTo(3);

        assertThat(asked).isEqualTo(before + 3);
    }

    @Test
    void givenAListenerThatIsToPause_whenOneIsAccepted_thenNoOther() {
        for (int i = 0; i < 32; i++) {
            round(1_000);
        }
        channel.config().setAutoRead(false);

        assertThat(round(1_000)).isEqualTo(1);
    }

    /** What Netty does in a round in which so many wait; returns how many were accepted. */
    private int round(int waiting) {
        int accepted = 0;
        burst.reset(channel.config());
        burst.attemptedBytesRead(1);
        do {
            asked++;
            burst.lastBytesRead(accepted < waiting ? DESCRIPTOR : NONE_LEFT);
            if (burst.lastBytesRead() == NONE_LEFT) {
                break;
            }
            burst.incMessagesRead(1);
            accepted++;
        } while (burst.continueReading(() -> burst.lastBytesRead() == burst.attemptedBytesRead()));
        burst.readComplete();
        return accepted;
    }
}
