package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What happens around the moment at which a connection is lost: to events on their way, rooms, slow clients, children. */
class RecoveryAtTheLossTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RecoveryServer server = new RecoveryServer();

    @Test
    void givenAHandlerThatStillRuns_whenItEmitsAfterTheLoss_thenTheClientGetsItWhenItIsBack() {
        RecoveryClient client = server.join();
        Socket lost = server.last();
        client.lose();

        lost.emit("result", 1);
        RecoveryClient back = client.comeBack(null);
        lost.emit("result", 2);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"result\",1]");
        assertThat(back.received()).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"result\",2]");
    }

    @Test
    void givenAHandlerThatStillRuns_whenItEntersRoomsAfterTheLoss_thenTheSessionIsInThem() {
        RecoveryClient client = server.join();
        Socket lost = server.last();
        lost.join("old");
        client.lose();
        server.io.to("room").emit("early");

        lost.join("room");
        lost.leave("old");
        lost.join(client.sid);
        lost.leave(client.sid);
        server.io.to("room").emit("news", 1);
        server.io.to("old").emit("news", 2);
        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",1]");
        assertThat(server.last().rooms()).containsExactlyInAnyOrder("room", client.sid);
    }

    @Test
    void givenAHandlerThatStillRuns_whenTheSessionWentOn_thenTheRoomsAreThoseOfTheNewSocket() {
        RecoveryClient client = server.join();
        Socket lost = server.last();
        lost.join("old");
        client.lose();
        RecoveryClient again = client.comeBack(null);
        again.lose();
        again.comeBack(null);

        lost.join("room");
        lost.leave("old");

        assertThat(server.last()).isNotSameAs(lost);
        assertThat(server.last().rooms()).containsExactlyInAnyOrder("room", client.sid);
    }

    @Test
    void givenALostSocket_whenItEntersTooManyRooms_thenItIsRefusedAsEver() {
        RecoveryServer narrow = new RecoveryServer(recovery -> recovery, options -> options.maxRooms(1));
        RecoveryClient client = narrow.join();
        Socket lost = narrow.last();
        client.lose();
        lost.join("one");
        lost.join("one");

        assertThatThrownBy(() -> lost.join("two"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("join: the socket is in 1 rooms (expected: fewer than maxRooms, 1)");
        client.comeBack(null);
        assertThat(narrow.last().rooms()).containsExactlyInAnyOrder("one", client.sid);
    }

    @Test
    void givenAnEventThatLeftOutARoom_whenTheClientEnteredTheRoomAfterIt_thenItIsSentAgain() {
        RecoveryClient client = server.join();
        server.io.except("room").emit("news", 1); // lost on its way
        server.last().join("room");
        server.io.except("room").emit("news", 2); // not for it
        client.lose();

        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",1]");
    }

    @Test
    void givenARoomThatWasLeftBeforeTheLoss_whenTheClientComesBack_thenItsEventsAreForgottenAndSoIsThatTheyLeftItOut() {
        RecoveryClient client = server.join();
        server.last().join("room");
        server.io.to("room").emit("news", 1); // lost on its way
        server.io.except("room").emit("news", 2); // not for it
        server.last().leave("room");
        client.lose();

        RecoveryClient back = client.comeBack(null);

        assertThat(back.missed).extracting(RecoveryClient::withoutOffset).containsExactly("2[\"news\",2]");
    }

    @Test
    void givenAClientForWhichItsMissedEventsAreTooMuch_whenItComesBack_thenItIsCutAndItsHandlersDoNotHearOfIt() {
        RecoveryServer narrow = new RecoveryServer(
                recovery -> recovery,
                options ->
                        options.engine(engine -> engine.highWaterMark(64 * 1024).maxBufferedBytes(1024 * 1024)));
        RecoveryClient client = narrow.join();
        client.lose();
        narrow.io.emit("news", 1);
        TestClient full = narrow.client();
        full.slow(true);

        full.send("0{\"pid\":\"" + client.pid + "\"}");

        assertThat(full.isClosed()).isTrue();
        assertThat(narrow.sockets()).hasSize(1);
        assertThat(narrow.io.sockets().sockets()).isEmpty();
        assertThat(client.comeBack(null).sid).isNotEqualTo(client.sid); // nobody knows which of them it has had
        assertThat(narrow.io.recoveryFigures().interrupted()).isEqualTo(1);
    }

    @Test
    void givenASlowClientThatWasGivenUpAnEvent_whenItComesBack_thenItHasANewSession() {
        RecoveryServer slow = new RecoveryServer(
                recovery -> recovery,
                options -> options.slowClients(SlowClientPolicy.builder()
                        .whenFull(SlowClientAction.DROP_OLDEST)
                        .maxHeldEvents(1)
                        .build()));
        RecoveryClient client = slow.join();
        slow.io.emit("news", 0);
        String offset = client.lastOffset();
        client.slow(true);
        slow.io.emit("news", 1);
        slow.io.emit("news", 2);
        client.lose();

        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed).isEmpty();
        assertThat(back.sid).isNotEqualTo(client.sid);
        assertThat(slow.last().recovered()).isFalse();
        assertThat(slow.io.recoveryFigures().incomplete()).isEqualTo(1);
    }

    @Test
    void givenEventsThatWaitForASlowClient_whenItIsLost_thenItGetsThemWhenItIsBack() {
        RecoveryServer slow =
                new RecoveryServer(recovery -> recovery, options -> options.slowClients(SlowClientPolicy.dropOldest()));
        RecoveryClient client = slow.join();
        slow.io.emit("news", 0);
        String offset = client.lastOffset();
        client.slow(true);
        slow.io.emit("news", 1);
        slow.io.emit("news", 2);
        client.lose();

        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed)
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",1]", "2[\"news\",2]");
    }

    @Test
    void givenAnEventThatIsTooMuchForASlowClient_whenItComesBack_thenItGetsThatEvent() {
        RecoveryServer slow = new RecoveryServer(
                recovery -> recovery,
                options -> options.slowClients(
                        SlowClientPolicy.builder().maxHeldBytes(100).build()));
        RecoveryClient client = slow.join();
        slow.io.emit("news", 0);
        String offset = client.lastOffset();
        client.slow(true);
        slow.io.emit("news", "x".repeat(200)); // the connection is cut for it

        assertThat(client.isClosed()).isTrue();
        RecoveryClient back = client.comeBack(offset);

        assertThat(back.missed).hasSize(1).first().asString().contains("xxx");
        assertThat(back.sid).isEqualTo(client.sid);
    }

    @Test
    void givenAChildNamespace_whenItsClientIsLost_thenItComesBackToTheChild() {
        server.io.of(Pattern.compile("/tenant-\\d+"));
        TestClient client = server.client();
        String pid = pid(client.send("0/tenant-1,").received());
        client.lose();
        server.io.of("/tenant-1").emit("news", 1);
        server.io.of("/tenant-2").emit("news", 2);

        List<String> back =
                server.client().send("0/tenant-1,{\"pid\":\"" + pid + "\"}").received();

        assertThat(back).hasSize(2);
        assertThat(RecoveryClient.withoutOffset(back.get(0))).isEqualTo("2/tenant-1,[\"news\",1]");
        assertThat(back.get(1)).contains(pid);
    }

    @Test
    void givenAChildNamespaceThatIsGoneWithItsLastClient_whenTheClientComesBack_thenItHasANewSession() {
        RecoveryServer cleaning =
                new RecoveryServer(recovery -> recovery, options -> options.cleanupEmptyChildNamespaces(true));
        cleaning.io.of(Pattern.compile("/tenant-\\d+"));
        TestClient client = cleaning.client();
        String pid = pid(client.send("0/tenant-1,").received());
        client.lose();

        List<String> back =
                cleaning.client().send("0/tenant-1,{\"pid\":\"" + pid + "\"}").received();

        assertThat(pid(back)).isNotEqualTo(pid);
        assertThat(cleaning.io.recoveryFigures().sessionsHeld()).isZero();
    }

    private static String pid(List<String> received) {
        Matcher connect =
                Pattern.compile("0/tenant-1,.*\"pid\":\"([^\"]+)\"}").matcher(received.get(received.size() - 1));
        assertThat(connect.matches()).as("%s", received).isTrue();
        return connect.group(1);
    }

    @Test
    void givenAnAdapterThatTakesItsTime_whenTheClientIsLostMeanwhile_thenItHasANewSession() {
        List<Runnable> later = new ArrayList<>();
        RecoveryServer slow = new RecoveryServer(
                recovery -> recovery, options -> options.adapter(space -> new SlowRestoringAdapter(space, later)));
        RecoveryClient client = slow.join();
        client.lose();
        slow.io.emit("news", 1);
        TestClient between = client.attempt(null);
        between.lose();
        later.forEach(Runnable::run);
        later.clear();
        slow.io.emit("news", 2); // for nobody

        RecoveryClient back = client.comeBack(null);
        slow.io.emit("news", 3);

        assertThat(back.sid).isNotEqualTo(client.sid);
        assertThat(back.missed).isEmpty();
        assertThat(back.received()).hasSize(1);
        assertThat(slow.io.sockets().sockets()).hasSize(1);
        back.lose();
        slow.io.emit("news", 4);
        assertThat(slow.io.recoveryFigures().sessionsHeld()).isEqualTo(1);
        assertThat(slow.io.recoveryFigures().packetsHeld()).isEqualTo(3); // the second was for nobody
    }

    @Test
    void givenAPollingClient_whenItIsLostWhileNoPollIsPending_thenItGetsWhatItMissed() {
        RecoveryServer watchful = new RecoveryServer(
                recovery -> recovery,
                options -> options.engine(engine -> engine.pingInterval(SECOND).pingTimeout(SECOND)));
        PollingClient client = new PollingClient(watchful);
        String pid = client.join();
        watchful.io.emit("news", 1); // waits for a poll that never comes
        watchful.advance(SECOND.multipliedBy(3));
        assertThat(watchful.io.sockets().sockets()).isEmpty();
        watchful.io.emit("news", 2);

        List<String> back = watchful.client().send("0{\"pid\":\"" + pid + "\"}").received();

        assertThat(back).hasSize(3);
        assertThat(back.subList(0, 2))
                .extracting(RecoveryClient::withoutOffset)
                .containsExactly("2[\"news\",1]", "2[\"news\",2]");
        assertThat(watchful.last().recovered()).isTrue();
    }

    @Test
    void givenAPollingClientThatComesBackEarly_whenItsOldSessionStillWaitsForAPoll_thenItGetsWhatItMissedOnce() {
        PollingClient client = new PollingClient(server);
        String pid = client.join();
        server.io.emit("news", 1);

        PollingClient back = new PollingClient(server);
        back.post("40{\"pid\":\"" + pid + "\"}");
        server.io.emit("news", 2);

        assertThat(back.poll().split("\u001e"))
                .satisfiesExactly(
                        missed -> assertThat(missed).startsWith("42[\"news\",1,"),
                        connect -> assertThat(connect).contains(pid),
                        live -> assertThat(live).startsWith("42[\"news\",2,"));
        assertThat(server.io.sockets().sockets()).hasSize(1);
    }

    /** A client that polls when the test says so. */
    private static final class PollingClient {

        private final RecoveryServer server;
        private final String target;

        PollingClient(RecoveryServer server) {
            this.server = server;
            Matcher open = Pattern.compile("0\\{\"sid\":\"([^\"]+)\".*")
                    .matcher(get(server, "/socket.io/?EIO=4&transport=polling"));
            assertThat(open.matches()).isTrue();
            target = "/socket.io/?EIO=4&transport=polling&sid=" + open.group(1);
        }

        String join() {
            post("40");
            Matcher connect = Pattern.compile(".*\"pid\":\"([^\"]+)\".*").matcher(poll());
            assertThat(connect.matches()).isTrue();
            return connect.group(1);
        }

        String poll() {
            return get(server, target);
        }

        void post(String packets) {
            InMemoryExchange exchange = InMemoryExchange.post(server.loop, target, packets);
            server.loop.call(() -> server.io.handle(exchange));
            server.run();
            assertThat(exchange.responseText()).isEqualTo("ok");
        }

        private static String get(RecoveryServer server, String target) {
            InMemoryExchange exchange = InMemoryExchange.get(server.loop, target);
            server.loop.call(() -> server.io.handle(exchange));
            server.run();
            return exchange.responseText();
        }
    }
}
