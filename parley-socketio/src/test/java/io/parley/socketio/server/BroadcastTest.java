package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private final TestServer server = new TestServer();
    private TestClient a;
    private TestClient b;
    private TestClient c; // on another event loop
    private Socket socketA;
    private Socket socketB;
    private Socket socketC;

    @BeforeEach
    void connectThree() {
        a = server.connected();
        socketA = server.last();
        b = server.connected();
        socketB = server.last();
        c = server.clientElsewhere().join("/");
        socketC = server.last();
    }

    private void assertReached(TestClient... reached) {
        List<TestClient> expected = List.of(reached);
        assertThat(List.of(a.received(), b.received(), c.received()))
                .isEqualTo(List.of(times(a, expected), times(b, expected), times(c, expected)));
    }

    private static List<String> times(TestClient client, List<TestClient> expected) {
        return expected.contains(client) ? List.of("2[\"x\",1]") : List.of();
    }

    @Test
    void givenTheServer_whenItEmits_thenEverybodyInTheNamespace() {
        server.open("/admin");
        TestClient admin = server.client().join("/admin");

        server.io.emit("x", 1);

        assertReached(a, b, c);
        assertThat(admin.received()).isEmpty();
    }

    @Test
    void givenANamespace_whenItEmits_thenItsOwnSockets() {
        Namespace admin = server.open("/admin");
        b.join("/admin");

        admin.emit(Event.of("x", Integer.class), 1);
        admin.send("hi");

        assertThat(b.received()).containsExactly("2/admin,[\"x\",1]", "2/admin,[\"message\",\"hi\"]");
        assertReached();
    }

    @Test
    void givenRooms_whenEmittedTo_thenTheirMembersOnce() {
        socketA.join("one");
        socketB.join("one", "two");
        socketC.join("two");

        server.io.to("one").emit("x", 1);
        assertReached(a, b);
        server.io.to("one").to("two").emit("x", 1);
        assertReached(a, b, c);
        server.io.in("two", "nowhere").emit("x", 1);
        assertReached(b, c);
        server.io.to("nowhere").emit("x", 1);
        assertReached();
    }

    @Test
    void givenExceptions_whenEmitted_thenTheyAreLeftOut() {
        socketA.join("one");
        socketB.join("one", "two");
        socketC.join("two");

        server.io.except("one").emit("x", 1);
        assertReached(c);
        server.io.to("one").except("two").emit("x", 1);
        assertReached(a);
        server.io.to("one", "two").except(socketB.id()).emit("x", 1);
        assertReached(a, c);
        server.io.except(socketA.id(), socketC.id()).except("nowhere").emit("x", 1);
        assertReached(b);
    }

    @Test
    void givenASocketsId_whenEmittedTo_thenThatSocketOnce() {
        server.io.to(socketB.id()).emit("x", 1);
        assertReached(b);
        socketB.join("one");
        server.io.to(socketB.id(), "one", socketC.id()).emit("x", 1);
        assertReached(b, c);
    }

    @Test
    void givenASocket_whenItBroadcasts_thenEverybodyElse() {
        socketB.join("one");
        socketA.join("one");
        socketC.join("one");

        socketA.broadcast().emit("x", 1);
        assertReached(b, c);
        socketC.to("one").emit("x", 1);
        assertReached(a, b);
        socketA.except(socketB.id()).emit("x", 1);
        assertReached(c);
        socketA.local().emit("x", 1);
        assertReached(b, c);
        socketA.in("one").except(socketC.id()).emit("x", 1);
        assertReached(b);
        socketA.to(socketA.id()).emit("x", 1);
        assertReached();
    }

    @Test
    void givenAnOperator_whenNarrowedDown_thenItStaysAsItIs() {
        socketA.join("one");
        BroadcastOperator all = server.io.broadcast();

        all.to("one").except(socketB.id()).asVolatile().local();
        all.emit("x", 1);

        assertReached(a, b, c);
    }

    @Test
    void givenASlowClient_whenVolatile_thenOnlyItMissesTheEvent() {
        b.slow(true);

        server.io.asVolatile().emit("x", 1);

        assertReached(a, c);
        assertThat(server.io.volatileDropped()).isEqualTo(1);
    }

    @Test
    void givenBinary_whenBroadcast_thenEveryoneGetsPacketAndAttachment() {
        server.io.emit("x", new byte[] {1});

        for (TestClient client : List.of(a, b, c)) {
            assertThat(client.received()).containsExactly("51-[\"x\",{\"_placeholder\":true,\"num\":0}]", "0x01");
        }
    }

    // --- rooms

    @Test
    void givenJoinsAndLeaves_whenAsked_thenRoomsAreRight() {
        assertThat(socketA.rooms()).containsExactly(socketA.id());

        socketA.join("one", "two");
        socketA.join("one");
        socketA.join(socketA.id());
        socketA.leave("two");
        socketA.leave("never joined");
        socketA.leave(socketA.id());

        assertThat(socketA.rooms()).containsExactlyInAnyOrder(socketA.id(), "one");
        server.io.to("one").emit("x", 1);
        assertReached(a);
        server.io.to("two").emit("x", 1);
        assertReached();
        server.io.to(socketA.id()).emit("x", 1);
        assertReached(a);
    }

    @Test
    void givenAClientThatLeft_whenEmittedToItsRooms_thenNobody() {
        socketA.join("one");
        socketB.join("one");

        a.lose();
        server.io.to("one").emit("x", 1);
        server.io.to(socketA.id()).emit("x", 1);

        assertReached(b);
    }

    @Test
    void givenTheLimitOfRooms_whenOneMoreIsJoined_thenThrows() {
        TestServer small = new TestServer(options -> options.maxRooms(2));
        small.connected();

        small.last().join("one", "two", "one");

        assertThatThrownBy(() -> small.last().join("three"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("join: the socket is in 2 rooms (expected: fewer than maxRooms, 2)");
    }

    @Test
    void givenOneThread_whenItJoinsLeavesAndBroadcasts_thenEachTakesEffectInOrder() {
        for (int i = 0; i < 50; i++) {
            socketC.join("room");
            server.io.to("room").emit("in", i);
            socketC.leave("room");
            server.io.to("room").emit("never", i);
        }

        assertThat(c.received())
                .hasSize(50)
                .allMatch(packet -> packet.startsWith("2[\"in\""))
                .isSortedAccordingTo((x, y) -> Integer.compare(number(x), number(y)));
    }

    private static int number(String packet) {
        return Integer.parseInt(packet.replaceAll("\\D", "").substring(1));
    }

    @Test
    void givenManySocketsComingAndGoing_whenBroadcast_thenExactlyTheMembers() {
        List<TestClient> clients = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add((i % 2 == 0 ? server.client() : server.clientElsewhere()).join("/"));
            sockets.add(server.last());
            server.last().join("room");
            server.io.to("room").emit("x", i); // takes the arrays, so that what follows has to copy them
        }
        clients.forEach(TestClient::received);

        for (int i = 0; i < 40; i += 3) {
            sockets.get(i).leave("room");
        }
        for (int i = 1; i < 40; i += 7) {
            clients.get(i).lose();
        }
        server.io.to("room").emit("last");

        for (int i = 0; i < 40; i++) {
            boolean member = i % 3 != 0 && i % 7 != 1;
            assertThat(clients.get(i).received()).isEqualTo(member ? List.of("2[\"last\"]") : List.of());
        }
    }

    // --- from afar

    @Test
    void givenSockets_whenFetched_thenTheyTellAndObey() {
        socketA.join("one");
        socketC.join("one");
        socketC.data().put("name", "cee");

        List<RemoteSocket> found =
                server.io.in("one").except(socketA.id()).fetchSockets().join();

        assertThat(found).hasSize(1);
        RemoteSocket remote = found.get(0);
        assertThat(remote.id()).isEqualTo(socketC.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder(socketC.id(), "one");
        assertThat(remote.data()).containsEntry("name", "cee");
        assertThat(remote.handshake().secure()).isFalse();
        remote.join("two");
        remote.leave("one");
        remote.emit("x", 1);
        assertReached(c);
        assertThat(socketC.rooms()).containsExactlyInAnyOrder(socketC.id(), "two");
        remote.disconnect(true);
        assertThat(c.isClosed()).isTrue();
        assertThat(server.io.fetchSockets().join()).hasSize(2);
    }

    @Test
    void givenSockets_whenJoinedFromAfar_thenTheNextBroadcastReachesThem() {
        socketB.join("one");
        socketC.join("one");

        server.io.in("one").socketsJoin("two", "three");
        server.io.to("two").emit("x", 1);
        assertReached(b, c);

        server.io.in(socketB.id()).socketsLeave("two");
        server.io.to("two").emit("x", 1);
        assertReached(c);
    }

    @Test
    void givenSockets_whenDisconnectedFromAfar_thenTheyAre() {
        socketB.join("one");
        socketC.join("one");
        List<String> reasons = new ArrayList<>();
        socketB.onDisconnect(reason -> reasons.add(reason.text()));

        server.io.in("one").disconnectSockets(false);

        assertThat(b.received()).containsExactly("1");
        assertThat(c.received()).containsExactly("1");
        assertThat(a.received()).isEmpty();
        assertThat(b.isClosed()).isFalse();
        assertThat(reasons).containsExactly("server namespace disconnect");
    }
}
