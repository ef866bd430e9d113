package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.adapter.RecoveryFigures;
import io.parley.socketio.adapter.RecoveryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection state recovery as clients see it on the wire, in a time that the test turns. */
class RecoveryTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final RecoveryServer server = new RecoveryServer();

    @Test
    void givenNoRecovery_whenAClientJoins_thenItIsToldNoPidAndEventsCarryNoOffset() {
        TestServer plain = new TestServer();
        TestClient client = plain.client().send("0{\"pid\":\"x\",\"offset\":\"y\"}");

        plain.io.emit("news", 1);

        assertThat(client.received())
                .satisfiesExactly(
                        connect -> assertThat(connect).matches("0\\{\"sid\":\"[\\w-]{20}\"}"),
                        event -> assertThat(event).isEqualTo("2[\"news\",1]"));
        assertThat(plain.last().recovered()).isFalse();
    }

    @Test
    void givenRecovery_whenAClientJoins_thenItIsToldItsPid() {
        RecoveryClient client = server.join();

        assertThat(client.connect).matches("0\\{\"sid\":\"[\\w-]{20}\",\"pid\":\"[\\w-]{20}\"}");
        assertThat(client.pid).isNotEqualTo(client.sid);
        assertThat(server.last().recovered()).isFalse();
    }

    @Test
    void givenRecovery_whenEventsAreSent_thenEachCarriesAnOffsetLikeTheOfficialOnes() {
        RecoveryClient client = server.join();

        server.io.emit("all");
        server.last().emit("one", "text", 2);
        server.advance(Duration.ofMillis(1));
        server.io.to(client.sid).emit("room", (Object) new byte[] {1});

        assertThat(client.received())
                .containsExactly(
                        "2[\"all\",\"NI7Rd__\"]",
                        "2[\"one\",\"text\",2,\"NI7Rd__.0\"]",
                        "51-[\"room\",{\"_placeholder\":true,\"num\":0},\"NI7Re00\"]",
                        "0x01");
    }

    @Test
    void givenRecovery_whenAnEventAsksForAnAnswerOrIsVolatile_thenItCarriesNoOffset() {
        RecoveryClient client = server.join();

        var unused = server.last().emitWithAck("ask", "x");
        server.last().asVolatile().emit("cursor", 3);
        server.io.asVolatile().emit("cursor", 4);
        var unusedToo = server.io.timeout(Duration.ofSeconds(1)).emitWithAck("ask all", "x");

        assertThat(client.received())
                .containsExactly("20[\"ask\",\"x\"]", "2[\"cursor\",3]", "2[\"cursor\",4]", "21[\"ask all\",\"x\"]");
    }

    /** The official client takes whatever text stands last for an offset. */
    @Test
    void givenAVolatileEventThatEndsWithText_whenItIsSent_thenItCarriesAnOffsetAndIsNotSentAgain() {
        RecoveryClient client = server.join();
        server.io.emit("news", 1);
        server.io.asVolatile().emit("typing", "alice");
        List<String> sent = client.received();
        client.lose();
        server.io.asVolatile().emit("typing", "bob");
        server.io.emit("news", 2);

        RecoveryClient back = client.comeBack("NI7Rd__.0");

        assertThat(sent).containsExactly("2[\"news\",1,\"NI7Rd__\"]", "2[\"typing\",\"alice\",\"NI7Rd__.0\"]");
        assertThat(back.missed).containsExactly("2[\"news\",2,\"NI7Rd__.2\"]");
        assertThat(server.last().recovered()).isTrue();
    }

    @Test
    void givenALostClient_whenItComesBack_thenItGetsWhatItMissedBeforeTheSameIdPidRoomsAndData() {
        RecoveryClient client = server.join();
        Socket before = server.last();
        before.join("room");
        before.data().put("name", "Ada");
        server.io.emit("news", 0);
        String offset = client.lastOffset();
        client.lose();
        server.io.emit("news", 1);
        server.io.to("room").emit("news", 2);
        server.io.to(client.sid).emit("news", 3);
        server.io.to("elsewhere").emit("news", 4);
        server.io.except("room").emit("news", 5);
        server.io.except(client.sid).emit("news", 6);

        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed)
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",1]", "2[\"news\",2]", "2[\"news\",3]");
        assertThat(back.sid).isEqualTo(client.sid);
        assertThat(back.pid).isEqualTo(client.pid);
        Socket after = server.last();
        assertThat(after).isNotSameAs(before);
        assertThat(after.recovered()).isTrue();
        assertThat(after.rooms()).containsExactlyInAnyOrder("room", client.sid);
        assertThat(after.data()).containsExactly(entry("name", "Ada"));
        assertThat(server.io.sockets().sockets()).containsExactly(entry(client.sid, after));
    }

    @Test
    void givenAClientThatCameBack_whenEventsAreSent_thenItGetsThemOnce() {
        RecoveryClient client = server.join();
        server.last().join("room");
        client.lose();
        server.io.emit("news", 1);
        RecoveryClient back = client.comeBack(null);

        server.io.to("room", client.sid).emit("news", 2);
        server.last().emit("news", 3);

        assertThat(back.missed).hasSize(1);
        assertThat(back.received())
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",2]", "2[\"news\",3]");
    }

    @Test
    void givenMiddlewares_whenAClientComesBack_thenTheyAreSkipped() {
        List<Boolean> asked = new ArrayList<>();
        server.io.use(socket -> asked.add(socket.recovered()));
        RecoveryClient client = server.join();
        client.lose();

        client.comeBack(null);

        assertThat(asked).containsExactly(false);
    }

    @Test
    void givenMiddlewaresThatAreNotToBeSkipped_whenAClientComesBack_thenTheySeeTheSession() {
        RecoveryServer strict = new RecoveryServer(recovery -> recovery.skipMiddlewares(false));
        List<Object> seen = new ArrayList<>();
        strict.io.use(socket -> {
            seen.add(socket.recovered());
            seen.add(socket.id());
            seen.add(Map.copyOf(socket.data()));
        });
        RecoveryClient client = strict.join();
        strict.last().data().put("name", "Ada");
        String first = client.sid;
        client.lose();
        strict.io.emit("news", 1);

        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed).hasSize(1);
        assertThat(seen).containsExactly(false, first, Map.of(), true, first, Map.of("name", "Ada"));
    }

    @Test
    void givenAMiddlewareThatRefuses_whenItLaterAccepts_thenTheSessionGoesOnStill() {
        RecoveryServer strict = new RecoveryServer(recovery -> recovery.skipMiddlewares(false));
        List<String> mood = new ArrayList<>();
        strict.io.use(socket -> {
            if (!mood.isEmpty()) {
                throw new ConnectionRefused("not now");
            }
        });
        RecoveryClient client = strict.join();
        client.lose();
        strict.io.emit("news", 1);
        mood.add("bad");
        List<String> refused = client.attempt(null).received();
        mood.clear();

        RecoveryClient back = client.comeBack(null);

        assertThat(refused).containsExactly("4{\"message\":\"not now\"}");
        assertThat(back.missed).hasSize(1);
        assertThat(back.sid).isEqualTo(client.sid);
    }

    @Test
    void givenAClientThatComesBackInTime_whenTheTimeHasPassedToTheMillisecond_thenItIsRestored() {
        RecoveryClient client = server.join();
        client.lose();
        server.advance(TWO_MINUTES);

        assertThat(client.comeBack(null).sid).isEqualTo(client.sid);
        assertThat(server.io.recoveryFigures().recovered()).isEqualTo(1);
    }

    @Test
    void givenAClientThatComesBackTooLate_whenItJoins_thenItHasANewSession() {
        RecoveryClient client = server.join();
        client.lose();
        server.advance(TWO_MINUTES.plusMillis(1));

        RecoveryClient late = client.comeBack(null);

        assertThat(late.sid).isNotEqualTo(client.sid);
        assertThat(late.pid).isNotEqualTo(client.pid);
        assertThat(server.last().recovered()).isFalse();
        RecoveryFigures figures = server.io.recoveryFigures();
        assertThat(figures.expired() + figures.unknown()).isEqualTo(1); // whether or not it was cleared away already
    }

    @Test
    void givenAnUnknownPid_whenAClientJoins_thenItHasANewSession() {
        RecoveryClient client = server.join();
        client.lose();
        client.pid = "AAAAAAAAAAAAAAAAAAAA";

        assertThat(client.comeBack("x").sid).isNotEqualTo(client.sid);
        assertThat(server.io.recoveryFigures().unknown()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[\"x\"]", "\"x\",\"offset\":1", "\"x\",\"offset\":null"})
    void givenAClaimThatIsNoText_whenAClientJoins_thenItHasANewSession(String pid) {
        TestClient client = server.client().send("0{\"pid\":" + pid + "}");

        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\":\"");
    }

    @Test
    void givenAClaimBesideANumberWithoutEnd_whenAClientJoins_thenItHasANewSession() {
        TestClient client = server.client().send("0{\"pid\":\"x\",\"n\":" + "1".repeat(2_000) + "}");

        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\":\"");
    }

    @Test
    void givenAPidOfAnotherNamespace_whenAClientJoins_thenItHasANewSession() {
        server.open("/other");
        RecoveryClient client = server.join();
        client.lose();

        List<String> answer =
                server.client().send("0/other,{\"pid\":\"" + client.pid + "\"}").received();

        assertThat(answer).singleElement().asString().doesNotContain(client.pid);
        assertThat(server.io.recoveryFigures().unknown()).isEqualTo(1);
    }

    @Test
    void givenAnUnknownOffsetAfterEventsWereSent_whenTheClientComesBack_thenItHasANewSession() {
        RecoveryClient client = server.join();
        server.io.emit("news", 1);
        client.received();
        client.lose();

        assertThat(client.comeBack("nonsense").sid).isNotEqualTo(client.sid);
    }

    @Test
    void givenAClientThatKnowsNoOffset_whenItComesBack_thenItGetsEverythingSinceItsSessionBegan() {
        server.join();
        server.io.emit("before", 0);
        RecoveryClient client = server.join();
        server.io.emit("news", 1); // sent, and lost on the way
        client.lose();
        server.io.emit("news", 2);

        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed)
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",1]", "2[\"news\",2]");
    }

    @Test
    void givenAClientWithAnOffsetOfAnEarlierSession_whenItComesBack_thenItGetsEverythingSinceThisOneBegan() {
        RecoveryClient early = server.join();
        server.io.emit("news", 0);
        String stale = early.lastOffset();
        early.send("1"); // leaves, and joins anew: the official client keeps the offset
        server.io.emit("news", 1);
        RecoveryClient client = server.join();
        server.io.emit("news", 2);
        client.lose();
        server.io.emit("news", 3);

        RecoveryClient back = client.comeBack(stale);

        assertThat(back.missed)
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",2]", "2[\"news\",3]");
    }

    @Test
    void givenAQuietClientWhoseLastEventIsLongGone_whenItComesBack_thenItIsRestoredAllTheSame() {
        RecoveryClient client = server.join();
        server.io.emit("news", 1);
        String offset = client.lastOffset();
        server.advance(Duration.ofHours(1));
        client.lose();
        server.io.emit("news", 2);

        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",2]");
        assertThat(back.sid).isEqualTo(client.sid);
    }

    @Test
    void givenARoomThatWasEnteredLater_whenTheClientComesBack_thenItGetsNothingFromBefore() {
        RecoveryClient client = server.join();
        server.io.emit("news", 1);
        String offset = client.lastOffset();
        server.io.to("room").emit("secret", 2);
        server.last().join("room");
        server.io.to("room").emit("news", 3); // sent, and lost on the way
        client.lose();

        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",3]");
    }

    @Test
    void givenAClientThatWasRestored_whenItIsLostAgain_thenItIsRestoredAgain() {
        RecoveryClient client = server.join();
        client.lose();
        server.io.emit("news", 1);
        RecoveryClient once = client.comeBack(null);
        String offset = RecoveryClient.offsetOf(once.missed.get(0));
        once.lose();
        server.io.emit("news", 2);

        RecoveryClient twice = once.comeBack(offset);

        assertThat(twice.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",2]");
        assertThat(twice.sid).isEqualTo(client.sid);
        assertThat(server.io.recoveryFigures().recovered()).isEqualTo(2);
        assertThat(server.io.recoveryFigures().replayed()).isEqualTo(2);
    }

    /** The official client keeps the events that come before CONNECT, and would show them twice. */
    @Test
    void givenAClientThatIsLostWhileItIsSentWhatItMissed_whenItComesBack_thenItHasANewSession() {
        RecoveryClient client = server.join();
        client.lose();
        server.io.emit("news", 1);
        client.comeBack(null).lose(); // and CONNECT did not reach it, so it says the same again

        RecoveryClient again = client.comeBack(null);

        assertThat(again.sid).isNotEqualTo(client.sid);
        assertThat(again.missed).isEmpty();
        assertThat(server.io.recoveryFigures().interrupted()).isEqualTo(1);
    }

    @Test
    void givenAClientThatMissedNothing_whenItIsLostWhileItIsRestored_thenItIsRestoredAgain() {
        RecoveryClient client = server.join();
        server.io.emit("news", 1);
        String offset = client.lastOffset();
        client.lose();
        client.comeBack(offset).lose();

        assertThat(client.comeBack(offset).sid).isEqualTo(client.sid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2          | transport error | true",
                "1          | transport close | true",
                "42/x,[\"x\"] | forced close    | true",
                "9          | parse error     | false"
            })
    void givenAReason_whenTheClientComesBack_thenItsSessionGoesOnOrNot(String packet, String reason, boolean goesOn) {
        RecoveryClient client = server.join();
        List<String> reasons = new ArrayList<>();
        server.last().onDisconnect(why -> reasons.add(why.text()));

        client.sendRaw(packet);

        assertThat(reasons).containsExactly(reason);
        assertThat(client.comeBack(null).sid.equals(client.sid)).isEqualTo(goesOn);
    }

    @Test
    void givenAClientThatLeft_whenItComesBack_thenItHasANewSession() {
        RecoveryClient client = server.join();
        client.send("1");
        client.lose();

        assertThat(client.comeBack(null).sid).isNotEqualTo(client.sid);
    }

    @Test
    void givenAClientThatWasPutOut_whenItComesBack_thenItHasANewSession() {
        RecoveryClient client = server.join();
        server.last().disconnect(false);
        server.run();

        assertThat(client.comeBack(null).sid).isNotEqualTo(client.sid);
    }

    @Test
    void givenAConnectionThatNobodyMissedYet_whenItsClientComesBack_thenTheOldOneGoesAndTheSessionGoesOn() {
        List<String> said = new ArrayList<>();
        server.io.onConnection(socket -> {
            said.add(socket.id() + " " + socket.recovered());
            socket.onDisconnect(reason -> said.add(socket.id() + " " + reason));
        });
        RecoveryClient client = server.join();
        server.last().join("room");
        server.io.emit("news", 1); // into the void

        RecoveryClient back = client.comeBackElsewhere(null);
        server.io.to("room").emit("news", 2);

        assertThat(back.sid).isEqualTo(client.sid);
        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",1]");
        assertThat(back.received()).hasSize(1);
        assertThat(client.isClosed()).isTrue();
        assertThat(said).containsExactly(client.sid + " false", client.sid + " transport close", client.sid + " true");
        assertThat(server.io.sockets().sockets()).hasSize(1);
    }

    @Test
    void givenAPendingAcknowledgement_whenTheClientComesBack_thenItHasFailed() {
        RecoveryClient client = server.join();
        var reply = server.last().emitWithAck("ask");
        client.received();
        client.lose();

        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed).isEmpty();
        assertThat(reply).isCompletedExceptionally();
    }

    @Test
    void givenTooManyPackets_whenAClientComesBack_thenItHasANewSessionIfItMissedOneThatHadToGo() {
        RecoveryServer small = new RecoveryServer(recovery -> recovery.maxHeldPackets(2));
        RecoveryClient client = small.join();
        RecoveryClient other = small.join();
        client.lose();
        small.io.emit("news", 1);
        other.lose();
        small.io.emit("news", 2);
        small.io.emit("news", 3);

        RecoveryClient back = client.comeBack(null);
        RecoveryClient otherBack = other.comeBack(other.lastOffset());

        assertThat(back.sid).isNotEqualTo(client.sid);
        assertThat(otherBack.missed).hasSize(2);
        assertThat(small.io.recoveryFigures().overflowed()).isEqualTo(1);
        assertThat(small.io.recoveryFigures().packetsDropped()).isEqualTo(1);
        assertThat(small.io.recoveryFigures().packetsHeld()).isEqualTo(2);
    }

    @Test
    void givenTooManyBytes_whenEventsAreSent_thenTheOldestGo() {
        RecoveryServer small = new RecoveryServer(recovery -> recovery.maxHeldBytes(10_000));
        RecoveryClient client = small.join();
        client.lose();

        for (int i = 0; i < 10; i++) {
            small.io.emit("news", "x".repeat(3_000));
        }

        assertThat(small.io.recoveryFigures().packetsHeld()).isEqualTo(3);
        assertThat(small.io.recoveryFigures().bytesHeld()).isBetween(9_000L, 10_000L);
        assertThat(client.comeBack(null).sid).isNotEqualTo(client.sid);
    }

    @Test
    void givenTooManySessions_whenTheFirstComesBack_thenItHasANewOne() {
        RecoveryServer small = new RecoveryServer(recovery -> recovery.maxHeldSessions(1));
        RecoveryClient first = small.join();
        RecoveryClient second = small.join();
        first.lose();
        second.lose();

        assertThat(small.io.recoveryFigures().sessionsHeld()).isEqualTo(1);
        assertThat(small.io.recoveryFigures().sessionsDropped()).isEqualTo(1);
        assertThat(first.comeBack(null).sid).isNotEqualTo(first.sid);
        assertThat(second.comeBack(null).sid).isEqualTo(second.sid);
    }

    @Test
    void givenNobodyWhoCouldMissIt_whenAnEventIsSent_thenItIsNotHeld() {
        server.io.emit("news", 1);

        assertThat(server.io.recoveryFigures().packetsHeld()).isZero();
    }

    @Test
    void givenHeldSessionsAndEvents_whenNothingHappensAnyMore_thenTheyGoAndNoTimerIsLeft() {
        RecoveryClient client = server.join();
        client.lose();
        server.io.emit("news", 1);
        assertThat(server.io.recoveryFigures().packetsHeld()).isEqualTo(1);

        server.advance(TWO_MINUTES);
        server.advance(Duration.ofSeconds(2));

        assertThat(server.io.recoveryFigures().packetsHeld()).isZero();
        assertThat(server.io.recoveryFigures().sessionsHeld()).isZero();
        assertThat(server.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAListenerForWhatIsSent_whenAnEventIsSent_thenItSeesTheOffsetAsInTheOfficialServer() {
        server.join();
        List<Integer> sizes = new ArrayList<>();
        server.last().onAnyOutgoing((event, args) -> sizes.add(args.size()));

        server.last().emit("news", 1);
        server.run();

        assertThat(sizes).containsExactly(2);
    }

    @Test
    void givenAnAdapterThatTakesItsTime_whenEventsComeMeanwhile_thenNoneIsLostOrDoubled() {
        List<Runnable> later = new ArrayList<>();
        RecoveryServer slow = new RecoveryServer(
                recovery -> recovery, options -> options.adapter(space -> new SlowRestoringAdapter(space, later)));
        RecoveryClient client = slow.join();
        client.lose();
        slow.io.emit("news", 1);
        TestClient back = client.attempt(null);
        slow.io.emit("news", 2); // the session is taken, and the client is not told yet

        later.forEach(Runnable::run);
        slow.io.emit("news", 3);

        assertThat(back.received())
                .extracting(RecoveryClient::withoutOffset)
                .satisfiesExactly(
                        missed -> assertThat(missed).isEqualTo("2[\"news\",1]"),
                        connect -> assertThat(connect).contains(client.sid, client.pid),
                        early -> assertThat(early).isEqualTo("2[\"news\",2]"),
                        live -> assertThat(live).isEqualTo("2[\"news\",3]"));
    }

    @Test
    void givenAStoreThatOutlivesItsServer_whenTheClientComesToTheNextOne_thenItsSessionGoesOn() {
        RecoveryStore store = new RecoveryStore();
        RecoveryServer first = new RecoveryServer(recovery -> recovery.store(store));
        RecoveryClient client = first.join();
        first.last().join("room");
        client.lose();
        first.io.to("room").emit("news", 1);
        first.io.close();
        RecoveryServer second = new RecoveryServer(recovery -> recovery.store(store));

        List<String> back =
                second.client().send("0{\"pid\":\"" + client.pid + "\"}").received();

        assertThat(back).hasSize(2).first().asString().startsWith("2[\"news\",1,");
        assertThat(second.last().id()).isEqualTo(client.sid);
        assertThat(second.last().rooms()).contains("room");
    }

    @Test
    void givenAStoreInUse_whenAnotherServerWantsIt_thenItIsRefused() {
        RecoveryStore store = new RecoveryStore();
        new RecoveryServer(recovery -> recovery.store(store));

        assertThatThrownBy(() -> new RecoveryServer(recovery -> recovery.store(store)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "RecoveryStore is in use by another server (expected: one at a time); close that one first");
    }

    @Test
    void givenOptions_whenCopied_thenTheyAreTheSame() {
        ConnectionStateRecovery options = ConnectionStateRecovery.builder()
                .maxDisconnectionDuration(Duration.ofSeconds(3))
                .skipMiddlewares(false)
                .maxHeldPackets(4)
                .maxHeldBytes(5)
                .maxHeldSessions(6)
                .build();

        assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    }
}
