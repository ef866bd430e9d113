package io.parley.socketio.server;

import static io.parley.socketio.server.SlowClientAction.CONFLATE;
import static io.parley.socketio.server.SlowClientAction.DISCONNECT;
import static io.parley.socketio.server.SlowClientAction.DROP_NEWEST;
import static io.parley.socketio.server.SlowClientAction.DROP_OLDEST;
import static io.parley.socketio.server.SlowClientAction.DROP_VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Arguments;
import io.parley.socketio.SocketIoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What happens to events for a client that is slower than what is sent to it. */
class SlowClientsTest {

    private final List<String> told = new ArrayList<>();

    private TestServer server(SlowClientPolicy policy) {
        TestServer server = new TestServer(options -> options.slowClients(policy));
        server.io.sockets().onSlowClient((socket, action) -> told.add(action.name()));
        return server;
    }

    @Test
    void givenNoPolicy_whenTheClientIsSlow_thenEventsJoinWhatWaits() {
        TestServer server = new TestServer();
        TestClient client = server.connected();
        client.slow(true);

        server.io.emit("a");

        assertThat(client.received()).containsExactly("2[\"a\"]");
        assertThat(server.last().isWritable()).isFalse();
        assertThat(server.last().bufferedBytes()).isEqualTo(2_000_000);
    }

    @Test
    void givenAPolicy_whenTheClientIsFast_thenEventsLeaveAtOnce() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        TestClient client = server.connected();

        server.io.emit("a");
        server.last().emit("b");

        assertThat(client.received()).containsExactly("2[\"a\"]", "2[\"b\"]");
        assertThat(server.last().isWritable()).isTrue();
        assertThat(server.last().droppedEvents()).isZero();
    }

    @Test
    void givenAPolicy_whenTheClientIsSlow_thenEventsWaitAndLeaveInOrderWhenItHasCaughtUp() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        server.io.onConnection(socket -> socket.on("ask", (args, ack) -> ack.send("answer")));
        TestClient client = server.connected();
        client.slow(true);

        server.io.emit("a");
        client.send("27[\"ask\"]");
        server.last().emit("b");
        assertThat(server.last().emitWithAck("c")).isNotDone();
        assertThat(client.received()).isEmpty();
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"a\"]", "37[\"answer\"]", "2[\"b\"]", "20[\"c\"]");
        assertThat(server.last().isWritable()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void givenEventsThatWait_whenAsked_thenTheirBytesAreCounted() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        TestClient client = server.connected();
        client.slow(true);

        server.io.emit("a"); // 42["a"] and a header of two bytes
        server.run();

        assertThat(server.last().bufferedBytes()).isEqualTo(2_000_000 + 9);
        assertThat(server.last().isWritable()).isFalse();
    }

    @Test
    void givenDropOldest_whenOneMoreThanMayWaitIsSent_thenTheOldestGives() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_OLDEST)
                .maxHeldEvents(3)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1, 2, 3);
        assertThat(server.last().droppedEvents()).isZero();
        emit(server, 4, 5);
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"n\",3]", "2[\"n\",4]", "2[\"n\",5]");
        assertThat(server.last().droppedEvents()).isEqualTo(2);
        assertThat(server.io.slowClientCount(DROP_OLDEST)).isEqualTo(2);
        assertThat(server.io.sockets().slowClientCount(DROP_OLDEST)).isEqualTo(2);
        assertThat(told).containsExactly("DROP_OLDEST");
    }

    @Test
    void givenDropOldest_whenOneByteMoreThanMayWaitIsSent_thenTheOldestGives() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_OLDEST)
                .maxHeldBytes(22)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1, 2); // 11 bytes each: 42["n",1] and a header of two
        assertThat(server.last().droppedEvents()).isZero();
        emit(server, 30);
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"n\",30]");
    }

    @Test
    void givenDropNewest_whenOneMoreThanMayWaitIsSent_thenItIsDropped() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_NEWEST)
                .maxHeldEvents(2)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1, 2, 3, 4);
        client.slow(false);
        emit(server, 5);

        assertThat(client.received()).containsExactly("2[\"n\",1]", "2[\"n\",2]", "2[\"n\",5]");
        assertThat(server.io.slowClientCount(DROP_NEWEST)).isEqualTo(2);
        assertThat(told).containsExactly("DROP_NEWEST");
    }

    @Test
    void givenAClientThatIsSlowAgain_whenEventsAreDroppedAgain_thenItIsToldAgain() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_NEWEST)
                .maxHeldEvents(1)
                .build());
        TestClient client = server.connected();

        for (int i = 0; i < 2; i++) {
            client.slow(true);
            emit(server, 1, 2, 3);
            client.slow(false);
        }

        assertThat(told).containsExactly("DROP_NEWEST", "DROP_NEWEST");
        assertThat(server.io.slowClientCount(DROP_NEWEST)).isEqualTo(4);
    }

    @Test
    void givenDisconnect_whenOneMoreThanMayWaitIsSent_thenTheConnectionIsCutForBeingTooSlow() {
        TestServer server = server(SlowClientPolicy.builder().maxHeldEvents(2).build());
        TestClient client = server.connected();
        server.last().onDisconnect((reason, details) -> told.add(reason.text() + ": " + details.description()));
        client.slow(true);

        emit(server, 1, 2);
        assertThat(client.isClosed()).isFalse();
        emit(server, 3);

        assertThat(client.isClosed()).isTrue();
        assertThat(told)
                .containsExactly(
                        "DISCONNECT",
                        "client too slow: more than 2 events wait for the client in / (limit: maxHeldEvents)");
        assertThat(server.io.slowClientCount(DISCONNECT)).isEqualTo(1);
        assertThat(server.io.engine().overflowCount()).isEqualTo(1);
        assertThat(server.last().bufferedBytes()).isEqualTo(2_000_000);
    }

    @Test
    void givenNoPolicy_whenMoreThanMayWaitIsSent_thenTheConnectionIsCutForBeingTooSlow() {
        TestServer server = new TestServer(options -> options.engine(engine -> engine.maxBufferedBytes(2_000_010)));
        server.io.sockets().onSlowClient((socket, action) -> told.add(action.name()));
        TestClient client = server.connected();
        server.last().onDisconnect((reason, details) -> told.add(reason.text() + ": " + details.description()));
        client.slow(true);

        server.io.emit("a");
        assertThat(client.isClosed()).isFalse();
        server.io.emit("four");

        assertThat(client.isClosed()).isTrue();
        assertThat(told)
                .containsExactly(
                        "DISCONNECT",
                        "client too slow: more than 2000010 bytes wait to be sent (limit: maxBufferedBytes)");
        assertThat(server.io.slowClientCount(DISCONNECT)).isEqualTo(1);
    }

    @Test
    void givenEventsOfWhichTheNewestIsKept_whenTheClientIsSlow_thenOnlyItWaits() {
        TestServer server = server(SlowClientPolicy.builder().keepNewest("n", 1).build());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1);
        server.io.emit("other");
        emit(server, 2, 3);
        server.io.emit("other");
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"other\"]", "2[\"n\",3]", "2[\"other\"]");
        assertThat(server.io.slowClientCount(CONFLATE)).isEqualTo(2);
        assertThat(told).containsExactly("CONFLATE");
    }

    @Test
    void givenEventsOfWhichTheNewestOfEachKeyIsKept_whenTheClientIsSlow_thenEachKeyHasItsOwn() {
        TestServer server =
                server(SlowClientPolicy.builder().keepNewestBy("price", 0).build());
        TestClient client = server.connected();
        client.slow(true);

        server.io.emit("price", "ACME", 1);
        server.io.emit("price", "BOLT", 2);
        server.io.emit("price", "ACME", 3);
        server.io.emit("price", 7, 4);
        server.io.emit("price", true, 5);
        server.io.emit("price", List.of("no key"), 6);
        server.io.emit("price");
        server.run();
        client.slow(false);

        assertThat(client.received())
                .containsExactly(
                        "2[\"price\",\"BOLT\",2]",
                        "2[\"price\",\"ACME\",3]",
                        "2[\"price\",7,4]",
                        "2[\"price\",true,5]",
                        "2[\"price\"]");
    }

    @Test
    void givenTheNewestOfEachName_whenTheClientIsSlow_thenWhatWasSaidForOneNameCounts() {
        TestServer server = server(SlowClientPolicy.builder()
                .keepNewestOfEach(1)
                .keepNewest("n", 2)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1, 2, 3);
        server.io.emit("a", 1);
        server.io.emit("b", 1);
        server.io.emit("a", 2);
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"n\",2]", "2[\"n\",3]", "2[\"b\",1]", "2[\"a\",2]");
    }

    @Test
    void givenEventsThatAskForAnAnswer_whenOlderOnesGive_thenTheyStay() {
        TestServer server = server(SlowClientPolicy.builder()
                .keepNewest("ask", 1)
                .whenFull(DROP_OLDEST)
                .maxHeldEvents(3)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        assertThat(server.last().emitWithAck("ask", 1)).isNotDone();
        assertThat(server.last().emitWithAck("ask", 2)).isNotDone();
        emit(server, 1, 2);
        client.slow(false);

        assertThat(client.received()).containsExactly("20[\"ask\",1]", "21[\"ask\",2]", "2[\"n\",2]");
    }

    @Test
    void givenNoRoomForAnEventThatAsksForAnAnswer_whenTheNewestIsDropped_thenItFailsAtOnce() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_NEWEST)
                .maxHeldEvents(1)
                .build());
        TestClient client = server.connected();
        client.slow(true);
        emit(server, 1);

        CompletableFuture<Arguments> answer = server.last().emitWithAck("ask");
        server.run();

        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SocketIoException.class)
                .hasMessageContaining("event dropped: the client could not take it at once");
    }

    @Test
    void givenNothingThatMayGive_whenAnotherAnswerIsAskedFor_thenTheConnectionIsCut() {
        TestServer server = server(SlowClientPolicy.builder()
                .whenFull(DROP_OLDEST)
                .maxHeldEvents(1)
                .build());
        TestClient client = server.connected();
        client.slow(true);

        CompletableFuture<Arguments> first = server.last().emitWithAck("ask");
        CompletableFuture<Arguments> second = server.last().emitWithAck("ask");

        assertThat(client.isClosed()).isTrue();
        assertThat(first)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("socket has been disconnected");
        assertThat(second)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("socket has been disconnected");
    }

    @Test
    void givenAnEventThatAsksForAnAnswer_whenItIsMoreThanMayWait_thenItFailsWithTheConnection() {
        TestServer server = new TestServer(options -> options.engine(engine -> engine.maxBufferedBytes(2_000_010)));
        TestClient client = server.connected();
        client.slow(true);

        CompletableFuture<Arguments> answer = server.last().emitWithAck("too long for it");

        assertThat(client.isClosed()).isTrue();
        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("socket has been disconnected");
    }

    @Test
    void givenEventsThatWait_whenAVolatileOneIsSent_thenItIsDroppedAndOnlyCounted() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        TestClient client = server.connected();
        client.slow(true);

        emit(server, 1);
        server.io.asVolatile().emit("v");
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"n\",1]");
        assertThat(server.io.volatileDropped()).isEqualTo(1);
        assertThat(server.io.slowClientCount(DROP_VOLATILE)).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void givenAcknowledgementsThatWait_whenTheyAreMoreThanTheConnectionMayBuffer_thenItIsCut() {
        TestServer server = new TestServer(options -> options.slowClients(SlowClientPolicy.dropOldest())
                .engine(engine -> engine.maxBufferedBytes(2_000_030)));
        server.io.onConnection(socket -> socket.on("ask", (args, ack) -> ack.send()));
        TestClient client = server.connected();
        client.slow(true);
        server.io.emit("a"); // 9 bytes

        client.send("21[\"ask\"]", "22[\"ask\"]", "23[\"ask\"]"); // 7 bytes each answer
        assertThat(client.isClosed()).isFalse();
        client.send("24[\"ask\"]");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenANamespaceWithAPolicyOfItsOwn_whenTheClientIsSlow_thenTheOtherIsNotTouched() {
        TestServer server = new TestServer();
        server.open("/prices")
                .slowClients(SlowClientPolicy.builder().keepNewest("n", 1).build());
        TestClient client = server.connected().join("/prices");
        client.slow(true);

        for (int i = 0; i < 3; i++) {
            server.io.of("/prices").emit("n", i);
            server.io.emit("n", i);
        }
        assertThat(client.received()).containsExactly("2[\"n\",0]", "2[\"n\",1]", "2[\"n\",2]");
        client.slow(false);

        assertThat(client.received()).containsExactly("2/prices,[\"n\",2]");
        assertThat(server.io.slowClientCount(CONFLATE)).isEqualTo(2);
        assertThat(server.io.sockets().slowClientCount(CONFLATE)).isZero();
    }

    @Test
    void givenAParentWithAPolicy_whenAChildComesIntoBeing_thenItIsTheChildsAndTheParentCounts() {
        TestServer server = new TestServer();
        Namespace parent = server.io
                .of(Pattern.compile("/room-.+"))
                .slowClients(SlowClientPolicy.builder().keepNewest("n", 1).build())
                .onSlowClient((socket, action) -> told.add(socket.namespace().name() + " " + action));
        TestClient client = server.client().join("/room-7");
        client.slow(true);

        server.io.of("/room-7").emit("n", 1);
        server.io.of("/room-7").emit("n", 2);
        server.run();

        assertThat(told).containsExactly("/room-7 CONFLATE");
        assertThat(parent.slowClientCount(CONFLATE)).isEqualTo(1);
        assertThat(server.io.slowClientCount(CONFLATE)).isEqualTo(1);
    }

    @Test
    void givenADrainHandler_whenTheClientHasCaughtUp_thenItIsCalledEachTime() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        TestClient client = server.connected();
        server.last().onDrain(() -> told.add("drain, writable: " + server.last().isWritable()));

        client.slow(true);
        emit(server, 1);
        assertThat(told).isEmpty();
        client.slow(false);
        client.slow(true);
        client.slow(false);

        assertThat(told).containsExactly("drain, writable: true", "drain, writable: true");
    }

    @Test
    void givenEventsThatWait_whenTheServerPutsTheSocketOut_thenTheyLeaveBeforeTheGoodbye() {
        TestServer server = server(SlowClientPolicy.dropOldest());
        TestClient client = server.connected();
        client.slow(true);
        emit(server, 1, 2);

        server.last().disconnect();

        assertThat(client.received()).containsExactly("2[\"n\",1]", "2[\"n\",2]", "1");
        assertThat(server.last().bufferedBytes()).isEqualTo(2_000_000);
    }

    @Test
    void givenEventsThatWait_whenThePolicyChanges_thenTheSocketKeepsWhatItHadAndTheOrder() {
        TestServer server = server(SlowClientPolicy.builder().keepNewest("n", 1).build());
        TestClient client = server.connected();
        client.slow(true);
        emit(server, 1);

        server.io.sockets().slowClients(SlowClientPolicy.disconnect());
        emit(server, 2);
        server.io.emit("last");
        client.slow(false);

        assertThat(client.received()).containsExactly("2[\"n\",2]", "2[\"last\"]");
    }

    @Test
    void givenSeveralClients_whenOneIsSlow_thenTheOthersGetEverything() {
        TestServer server = server(SlowClientPolicy.builder().keepNewest("n", 1).build());
        TestClient slow = server.connected();
        TestClient fast = server.connected();
        TestClient elsewhere = server.clientElsewhere().join("/");
        slow.slow(true);

        emit(server, 1, 2, 3);
        slow.slow(false);

        assertThat(fast.received()).containsExactly("2[\"n\",1]", "2[\"n\",2]", "2[\"n\",3]");
        assertThat(elsewhere.received()).containsExactly("2[\"n\",1]", "2[\"n\",2]", "2[\"n\",3]");
        assertThat(slow.received()).containsExactly("2[\"n\",3]");
    }

    @Test
    void givenDroppedEvents_whenAsked_thenTheSocketIsLossyUnlessTheyWereVolatile() {
        TestServer server = server(SlowClientPolicy.builder().keepNewest("n", 1).build());
        TestClient client = server.connected();
        NamespaceSocket socket = (NamespaceSocket) server.last();
        client.slow(true);

        server.io.asVolatile().emit("v");
        emit(server, 1);
        assertThat(socket.isLossy()).isFalse();
        emit(server, 2);

        assertThat(socket.isLossy()).isTrue();
        assertThat(server.last().droppedEvents()).isEqualTo(2);
    }

    @Test
    void givenWrongValues_whenSet_thenTheSetterFails() {
        SlowClientPolicy.Builder builder = SlowClientPolicy.builder();

        assertThatThrownBy(() -> builder.whenFull(CONFLATE))
                .hasMessage("whenFull: CONFLATE (expected: DISCONNECT, DROP_OLDEST or DROP_NEWEST)");
        assertThatThrownBy(() -> builder.maxHeldEvents(0)).hasMessage("maxHeldEvents: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.maxHeldBytes(0)).hasMessage("maxHeldBytes: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.keepNewest("a", 0)).hasMessage("count: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.keepNewestBy("a", -1)).hasMessage("argument: -1 (expected: 0 or more)");
    }

    @Test
    void givenNothingSet_whenBuilt_thenTheBoundsHaveDefaults() {
        SlowClientPolicy policy = SlowClientPolicy.builder().build();

        assertThat(policy.whenFull()).isEqualTo(DISCONNECT);
        assertThat(policy.maxHeldEvents()).isEqualTo(1_000);
        assertThat(policy.maxHeldBytes()).isEqualTo(1024 * 1024);
        assertThat(SocketIoOptions.defaults().slowClients()).isSameAs(SlowClientPolicy.disconnect());
    }

    private static void emit(TestServer server, int... numbers) {
        for (int number : numbers) {
            server.io.emit("n", number);
        }
        server.run();
    }
}
