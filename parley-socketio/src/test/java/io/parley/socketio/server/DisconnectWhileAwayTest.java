package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Principal;
import org.junit.jupiter.api.Test;

/** Who is put out while the connection is lost does not come back to the session. */
class DisconnectWhileAwayTest {

    private final RecoveryServer server = new RecoveryServer();

    private RecoveryClient join(String user) {
        RecoveryClient client = server.join();
        server.last().authenticate(Principal.of(user));
        return client;
    }

    private void expectOver(RecoveryClient client) {
        RecoveryClient back = client.comeBack(null);

        assertThat(back.sid).isNotEqualTo(client.sid);
        assertThat(back.missed).isEmpty();
        assertThat(server.last().recovered()).isFalse();
        assertThat(server.last().principal()).isNull();
    }

    private void expectKept(RecoveryClient client) {
        assertThat(client.comeBack(null).sid).isEqualTo(client.sid);
    }

    @Test
    void givenAUserWhoIsAway_whenHisSocketsAreDisconnected_thenHisSessionIsOverAndNobodyElses() {
        RecoveryClient alice = join("alice");
        RecoveryClient bob = join("bob");
        alice.lose();
        bob.lose();
        server.io.user("alice").emit("missed");

        server.io.user("alice").disconnectSockets(true);

        expectOver(alice);
        expectKept(bob);
    }

    @Test
    void givenAUserWhoIsGoingAway_whenHisSocketsAreDisconnectedAtThatMoment_thenHisSessionIsOver() {
        RecoveryClient alice = join("alice");
        server.last().onDisconnect(reason -> server.io.user("alice").disconnectSockets()); // before the session is kept

        alice.lose();

        expectOver(alice);
        assertThat(server.io.recoveryFigures().sessionsHeld()).isZero();
    }

    @Test
    void givenASocketThatIsBeingPutOut_whenItsConnectionIsLostBeforeThat_thenItsSessionIsOver() {
        RecoveryClient alice = join("alice");

        server.io.user("alice").disconnectSockets();
        alice.lose();

        expectOver(alice);
    }

    @Test
    void givenClientsThatAreAway_whenSocketsAreDisconnectedByRooms_thenWhomAnEventWouldReachIsOut() {
        RecoveryClient in = server.join();
        server.last().join("room");
        RecoveryClient spared = server.join();
        server.last().join("room", "spared");
        RecoveryClient elsewhere = server.join();
        RecoveryClient byId = server.join();
        in.lose();
        spared.lose();
        elsewhere.lose();
        byId.lose();

        server.io.in("room").except("spared").disconnectSockets();
        server.io.in(byId.sid).disconnectSockets();

        expectOver(in);
        expectKept(spared);
        expectKept(elsewhere);
        expectOver(byId);
    }

    @Test
    void givenClientsOfTwoNamespacesThatAreAway_whenAllOfOneAreDisconnected_thenTheOthersComeBack() {
        server.open("/other");
        RecoveryClient main = server.join();
        RecoveryClient other = RecoveryClient.join(server, server.client(), "0/other,");
        main.lose();
        other.lose();

        server.io.disconnectSockets();

        expectOver(main);
        assertThat(server.io.recoveryFigures().sessionsHeld()).isOne();
    }
}
