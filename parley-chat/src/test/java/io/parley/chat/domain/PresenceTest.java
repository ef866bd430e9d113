package io.parley.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.chat.domain.Presence.Departure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final long LOBBY = 1;
    private static final User ADA = new User("1", "Ada", false);
    private static final User BOB = new User("2", "Bob", false);

    private final Presence presence = new Presence(Duration.ofSeconds(10), 2);

    @Test
    void givenSomebodyNew_whenConnected_thenTheyCameAndAreOnline() {
        boolean came = presence.connected(ADA, "tab", Set.of(LOBBY), 0);

        assertThat(came).isTrue();
        assertThat(presence.online(LOBBY)).containsExactly(ADA);
    }

    @Test
    void givenTwoTabs_whenOneCloses_thenTheyAreStillHereOnce() {
        presence.connected(ADA, "tab 1", Set.of(LOBBY), 0);
        boolean cameAgain = presence.connected(ADA, "tab 2", Set.of(LOBBY), 0);

        boolean gone = presence.disconnected(ADA.id(), "tab 1", seconds(1));

        assertThat(cameAgain).isFalse();
        assertThat(gone).isFalse();
        assertThat(presence.online(LOBBY)).containsExactly(ADA);
    }

    @Test
    void givenAReconnectWithinTheGracePeriod_whenItPasses_thenNobodyLeftOrCame() {
        presence.connected(ADA, "before", Set.of(LOBBY), 0);
        boolean gone = presence.disconnected(ADA.id(), "before", seconds(1));
        boolean came = presence.connected(ADA, "after", Set.of(LOBBY), seconds(10));

        List<Departure> departures = presence.expire(seconds(100));

        assertThat(gone).isTrue();
        assertThat(came).isFalse();
        assertThat(departures).isEmpty();
    }

    @Test
    void givenSomebodyAway_whenTheGracePeriodEnds_thenTheyLeaveAllTheirRooms() {
        presence.connected(ADA, "tab", Set.of(LOBBY, 2L), 0);
        presence.disconnected(ADA.id(), "tab", seconds(5));

        assertThat(presence.expire(seconds(15) - 1)).isEmpty();
        assertThat(presence.expire(seconds(15))).containsExactly(new Departure(ADA, Set.of(LOBBY, 2L)));
        assertThat(presence.online(LOBBY)).isEmpty();
    }

    @Test
    void givenANameInUse_whenSomebodyElseClaimsItsLikeness_thenItIsTaken() {
        presence.connected(ADA, "tab", Set.of(LOBBY), 0);

        assertThatThrownBy(() -> presence.claim(new User("2", "ADA", false), 0))
                .hasMessage("\"Ada\" is here already: choose another name.");
    }

    @Test
    void givenANameOfSomebodyAway_whenClaimedAfterTheGracePeriod_thenItIsFree() {
        presence.connected(ADA, "tab", Set.of(LOBBY), 0);
        presence.disconnected(ADA.id(), "tab", 0);
        User other = new User("2", "ada", false);

        assertThatThrownBy(() -> presence.claim(other, seconds(9))).isInstanceOf(ChatException.class);
        presence.expire(seconds(10));
        presence.claim(other, seconds(10));

        assertThat(presence.connected(other, "tab", Set.of(LOBBY), seconds(11))).isTrue();
    }

    @Test
    void givenAClaimNobodyConnectsWith_whenTheGracePeriodEnds_thenTheNameIsFreeAndNobodyLeft() {
        presence.claim(ADA, 0);

        assertThat(presence.expire(seconds(10))).isEmpty();
        presence.claim(new User("3", "Ada", false), seconds(10));
    }

    @Test
    void givenAFullChat_whenOneMoreComes_thenTheyAreToldToWait() {
        presence.connected(ADA, "tab", Set.of(), 0);
        presence.connected(BOB, "tab", Set.of(), 0);

        assertThatThrownBy(() -> presence.claim(new User("3", "Cy", false), 0))
                .hasMessage("The chat is full (2 people): try again when somebody has left.");
    }

    @Test
    void givenAMember_whenTheyLeaveARoom_thenOnlyThatRoomLosesThem() {
        presence.connected(ADA, "tab", Set.of(LOBBY), 0);

        assertThat(presence.enter(ADA.id(), 2)).isTrue();
        assertThat(presence.enter(ADA.id(), 2)).isFalse();
        assertThat(presence.leave(ADA.id(), 2)).isTrue();
        assertThat(presence.leave(ADA.id(), 2)).isFalse();

        assertThat(presence.rooms(ADA.id())).containsExactly(LOBBY);
        assertThat(presence.count(2)).isZero();
        assertThat(presence.isMember(ADA.id(), LOBBY)).isTrue();
    }

    @Test
    void givenNobodyOfThatId_whenTheyEnterOrLeave_thenNothingHappens() {
        assertThat(presence.enter("9", LOBBY)).isFalse();
        assertThat(presence.leave("9", LOBBY)).isFalse();
        assertThat(presence.disconnected("9", "tab", 0)).isFalse();
        assertThat(presence.remove("9")).isEmpty();
        assertThat(presence.rooms("9")).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
