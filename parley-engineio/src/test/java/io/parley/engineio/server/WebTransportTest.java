package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.ManualEventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, sections 1.5, 1.6 and 1.7, for WebTransport. */
class WebTransportTest {

    private static final String TARGET = "/engine.io/?EIO=4&transport=webtransport";
    private static final String[] NO_BROWSER = {"Host", "chat.example"};

    private final TestEngine engine = new TestEngine(options().build());

    private static EngineOptions.Builder options() {
        return EngineOptions.builder()
                .transports(TransportType.POLLING, TransportType.WEBSOCKET, TransportType.WEBTRANSPORT);
    }

    private static InMemoryWebTransport request(TestEngine engine, ManualEventLoop loop, String... headers) {
        InMemoryWebTransport webTransport = new InMemoryWebTransport(loop, TARGET, headers);
        loop.call(() -> engine.server.onWebTransportSession(webTransport));
        return webTransport;
    }

    private InMemoryWebTransport request() {
        return request(engine, engine.loop, NO_BROWSER);
    }

    private InMemoryWebTransport connect() {
        InMemoryWebTransport webTransport = request();
        webTransport.receive("0");
        assertThat(webTransport.takeSent()).hasSize(1);
        assertThat(engine.takeEvents()).containsExactly("connected");
        return webTransport;
    }

    // --- the handshake

    @Test
    void givenAFirstPacketOpen_whenItArrives_thenASessionBegins() {
        InMemoryWebTransport webTransport = request();

        webTransport.receive("0");

        assertThat(webTransport.takeSent())
                .containsExactly("0{\"sid\":\"" + engine.socket.id()
                        + "\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(engine.takeEvents()).containsExactly("connected");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBTRANSPORT);
        assertThat(engine.socket.protocol()).isEqualTo(4);
    }

    @Test
    void givenASession_whenItsRequestIsLookedAt_thenItIsSecureAndHasNoHeaders() {
        connect();

        assertThat(engine.socket.request().secure()).isTrue();
        assertThat(engine.socket.request().headers().toString()).isEmpty();
        assertThat(engine.socket.request().target()).isEqualTo(TARGET);
    }

    @Test
    void givenAnIdGenerator_whenASessionBegins_thenItsIdIsOfTheDefaultForm() {
        TestEngine own = new TestEngine(options().generateId(request -> "mine").build());

        request(own, own.loop, NO_BROWSER).receive("0");

        assertThat(own.socket.id()).matches("[A-Za-z0-9_-]{20}");
    }

    @Test
    void givenAnInitialPacket_whenASessionBegins_thenItFollowsTheOpenPacket() {
        TestEngine own = new TestEngine(
                options().initialPacket(EncodedPacket.text("hello")).build());
        InMemoryWebTransport webTransport = request(own, own.loop, NO_BROWSER);

        webTransport.receive("0");

        assertThat(webTransport.takeSent()).hasSize(2).last().isEqualTo("4hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "2",
                "2probe",
                "3",
                "4early",
                "5",
                "6",
                "9",
                "0{}",
                "0x",
                "0{\"sid\":1}",
                "0{\"sid\":\"\"}",
                "0{\"sid\":\"unknown\"}",
                "0[\"sid\"]"
            })
    void givenAnotherFirstPacket_whenItArrives_thenTheWebTransportSessionIsClosed(String packet) {
        InMemoryWebTransport webTransport = request();

        webTransport.receive(packet);

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(webTransport.takeSent()).isEmpty();
        assertThat(engine.events).isEmpty();
        assertThat(engine.loop.pendingTimers()).isZero();
        assertThat(engine.errors).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4early\u007f! | MESSAGE packet first (expected: OPEN) in \"early\\u007f!\"",
                "0{} | OPEN packet first (expected: no data, or {\"sid\":\"…\"}) in \"{}\"",
                "9 | Packet type '9' (expected: '0' to '6', or 'b') in \"9\""
            })
    void givenAnotherFirstPacket_whenItArrives_thenTheApplicationIsToldHowItBegins(String packet, String cause) {
        request().receive(packet);

        assertThat(engine.errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(3);
            assertThat(error.context()).containsEntry("name", "WEBTRANSPORT_HANDSHAKE_ERROR");
            assertThat((EngineException) error.context().get("error")).hasMessage(cause);
        });
    }

    @Test
    void givenAnUpgradeOfNoSession_whenItArrives_thenTheApplicationIsToldOfWhich() {
        request().receive("0{\"sid\":\"x\u001b\"}");

        assertThat(engine.errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(1);
            assertThat(error.context()).containsEntry("sid", "x\\u001b");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"8130", "00", "7f0020000000000000"})
    void givenBytesThatAreNoTextPacket_whenTheyComeFirst_thenTheWebTransportSessionIsClosed(String bytes) {
        InMemoryWebTransport webTransport = request();

        webTransport.receiveBytes(bytes);

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.loop.pendingTimers()).isZero();
        assertThat(engine.errors).hasSize(1);
    }

    @Test
    void givenSilence_whenUpgradeTimeoutPasses_thenTheWebTransportSessionIsClosed() {
        InMemoryWebTransport webTransport = request();

        engine.advance(Duration.ofMillis(9_999));
        assertThat(webTransport.end()).isEmpty();
        engine.advance(Duration.ofMillis(1));

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenHalfAPacket_whenUpgradeTimeoutPasses_thenTheWebTransportSessionIsClosed() {
        InMemoryWebTransport webTransport = request();
        webTransport.receiveBytes("0d307b");

        engine.advance(Duration.ofSeconds(10));

        assertThat(webTransport.end()).isEqualTo("closed");
    }

    @Test
    void givenAClosedWebTransportSession_whenItWasNoSession_thenNothingIsLeftBehind() {
        InMemoryWebTransport webTransport = request();

        webTransport.receiveClose("gone");

        assertThat(engine.loop.pendingTimers()).isZero();
        assertThat(engine.events).isEmpty();
    }

    // --- who is let in

    @Test
    void givenTheDefaultTransports_whenRequested_thenRefusedWithCode0() {
        TestEngine own = new TestEngine();

        HttpResponse refusal = request(own, own.loop, NO_BROWSER).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(own.errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isZero();
            assertThat(error.message()).isEqualTo("Transport unknown");
        });
    }

    @Test
    void givenAPageOfAnotherOrigin_whenRequested_thenRefusedWithWhatAllowsIt() {
        InMemoryWebTransport webTransport =
                request(engine, engine.loop, "Host", "chat.example:8443", "Origin", "https://evil.example");

        assertThat(webTransport.isAccepted()).isFalse();
        assertThat(webTransport.refusal().orElseThrow().status()).isEqualTo(403);
        assertThat(engine.errors)
                .singleElement()
                .extracting(ConnectionError::message)
                .isEqualTo("Origin https://evil.example is not allowed (expected: the server's own origin, or one of"
                        + " its cors option); allow it with CorsOptions.origins(\"https://evil.example\")");
    }

    @Test
    void givenAPageOfTheSameOrigin_whenRequested_thenServed() {
        assertThat(request(engine, engine.loop, "Host", "chat.example", "Origin", "https://chat.example")
                        .isAccepted())
                .isTrue();
    }

    @Test
    void givenCors_whenAPageOfAnAllowedOriginRequests_thenServed() {
        TestEngine own = new TestEngine(
                options().cors(CorsOptions.origins("https://app.example")).build());

        assertThat(request(own, own.loop, "Host", "chat.example", "Origin", "https://app.example")
                        .isAccepted())
                .isTrue();
        assertThat(request(own, own.loop, "Host", "chat.example", "Origin", "https://b.example")
                        .isAccepted())
                .isFalse();
    }

    @Test
    void givenAFullServer_whenRequested_thenRefusedWith503() {
        TestEngine own = new TestEngine(options().maxSessions(1).build());
        request(own, own.loop, NO_BROWSER).receive("0");

        HttpResponse refusal = request(own, own.loop, NO_BROWSER).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(503);
    }

    @Test
    void givenTheLastPlaceIsTaken_whenTheFirstPacketComes_thenTheWebTransportSessionIsClosed() {
        TestEngine own = new TestEngine(options().maxSessions(1).build());
        InMemoryWebTransport late = request(own, own.loop, NO_BROWSER);
        request(own, own.loop, NO_BROWSER).receive("0");

        late.receive("0");

        assertThat(late.end()).isEqualTo("closed");
        assertThat(own.server.clientsCount()).isEqualTo(1);
    }

    @Test
    void givenAClosedEngine_whenRequested_thenRefusedWith503() {
        engine.server.close();

        assertThat(request().refusal().orElseThrow().status()).isEqualTo(503);
    }

    @Test
    void givenAnEngineThatTakesNoMore_whenAFirstPacketComes_thenOnlyUpgradesAreServed() {
        String sid = connectPolling();
        engine.server.stopAccepting();
        InMemoryWebTransport newcomer = request();

        newcomer.receive("0");
        InMemoryWebTransport upgrade = probe(sid, engine.loop);
        upgrade.receive("2probe");

        assertThat(newcomer.end()).isEqualTo("closed");
        assertThat(engine.errors).hasSize(1);
        assertThat(upgrade.takeSent()).containsExactly("3probe");
    }

    @Test
    void givenAllowRequest_whenItRefuses_thenTheWebTransportSessionIsClosedAndItIsTold() {
        TestEngine own = new TestEngine(options()
                .allowRequest(
                        AllowRequest.of(request -> request.header("Origin").isPresent()))
                .build());
        InMemoryWebTransport refused = request(own, own.loop, NO_BROWSER);
        InMemoryWebTransport allowed = request(own, own.loop, "Host", "chat.example", "Origin", "https://chat.example");

        refused.receive("0");
        allowed.receive("0");

        assertThat(refused.end()).isEqualTo("closed");
        assertThat(own.errors).singleElement().extracting(ConnectionError::code).isEqualTo(4);
        assertThat(allowed.takeSent()).hasSize(1);
    }

    @Test
    void givenAllowRequestTakesItsTime_whenPacketsCome_thenTheyWaitAndNothingMoreIsRead() {
        CompletableFuture<AllowRequest.Decision> decision = new CompletableFuture<>();
        TestEngine own =
                new TestEngine(options().allowRequest(request -> decision).build());
        InMemoryWebTransport webTransport = request(own, own.loop, NO_BROWSER);
        webTransport.receiveBytes("0130023461023462");
        assertThat(webTransport.isPaused()).isTrue();
        assertThat(own.takeEvents()).isEmpty();

        own.run(() -> decision.complete(AllowRequest.Decision.allow()));

        assertThat(webTransport.isPaused()).isFalse();
        assertThat(own.takeEvents()).containsExactly("connected", "text a", "text b");
    }

    @Test
    void givenAllowRequestTakesItsTime_whenTheClientLeaves_thenNoSessionBegins() {
        CompletableFuture<AllowRequest.Decision> decision = new CompletableFuture<>();
        TestEngine own =
                new TestEngine(options().allowRequest(request -> decision).build());
        InMemoryWebTransport webTransport = request(own, own.loop, NO_BROWSER);
        webTransport.receive("0");
        webTransport.receiveClose("gone");

        own.run(() -> decision.complete(AllowRequest.Decision.allow()));

        assertThat(own.events).isEmpty();
        assertThat(own.server.clientsCount()).isZero();
    }

    @Test
    void givenAllowRequestTakesItsTime_whenTheServerDrainsMeanwhile_thenItIsClosedAndTheApplicationIsTold() {
        CompletableFuture<AllowRequest.Decision> decision = new CompletableFuture<>();
        TestEngine own =
                new TestEngine(options().allowRequest(request -> decision).build());
        InMemoryWebTransport webTransport = request(own, own.loop, NO_BROWSER);
        webTransport.receive("0");

        own.server.stopAccepting();
        own.run(() -> decision.complete(AllowRequest.Decision.allow()));

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(own.errors).singleElement().satisfies(error -> assertThat(error.context())
                .containsEntry("name", "SERVER_DRAINING"));
        assertThat(own.server.clientsCount()).isZero();
    }

    @Test
    void givenAllowRequestThrows_whenTheFirstPacketComes_thenTheWebTransportSessionIsClosed() {
        TestEngine own = new TestEngine(options()
                .allowRequest(request -> {
                    throw new IllegalStateException("broken");
                })
                .build());
        InMemoryWebTransport webTransport = request(own, own.loop, NO_BROWSER);

        webTransport.receive("0");

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(own.errors)
                .singleElement()
                .extracting(ConnectionError::message)
                .isEqualTo("Forbidden");
    }

    @Test
    void givenPollingWithTransportWebtransport_whenRequested_thenCode0() {
        InMemoryExchange answer = engine.get(TARGET);

        assertThat(answer.response().status()).isEqualTo(400);
        assertThat(answer.responseText()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    // --- the life of a session

    @Test
    void givenASession_whenMessagesGoBothWays_thenTheyArriveInOrder() {
        InMemoryWebTransport webTransport = connect();

        webTransport.receive("4a");
        webTransport.receiveBytes("82" + "0102");
        engine.send("b");
        engine.run(() -> engine.socket.send(EncodedPacket.binary(ByteBuffer.wrap(new byte[] {3}))));

        assertThat(engine.takeEvents()).containsExactly("text a", "binary 0102");
        assertThat(webTransport.takeSent()).containsExactly("4b", "0x03");
    }

    @Test
    void givenASession_whenNoPongComes_thenItEndsWithPingTimeout() {
        InMemoryWebTransport webTransport = connect();

        engine.advance(Duration.ofSeconds(25));
        assertThat(webTransport.takeSent()).containsExactly("2");
        engine.advance(Duration.ofSeconds(20));

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenASession_whenAPacketIsTooLong_thenItEndsWithParseError() {
        InMemoryWebTransport webTransport = connect();

        webTransport.receiveBytes("7f00000000000f4241");

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.takeEvents())
                .containsExactly("closed: parse error (Packet of 1000001 bytes (expected: 1 to 1000000, the limit"
                        + " maxHttpBufferSize) in \"\\x7f\\x00\\x00\\x00\\x00\\x00\\x0fBA\")");
    }

    @Test
    void givenASession_whenTheClientClosesIt_thenTransportClose() {
        InMemoryWebTransport webTransport = connect();

        webTransport.receiveClose("WebTransport session closed");

        assertThat(engine.takeEvents()).containsExactly("closed: transport close (WebTransport session closed)");
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenASession_whenAClosePacketComes_thenItIsClosed() {
        InMemoryWebTransport webTransport = connect();

        webTransport.receive("1");

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.takeEvents()).containsExactly("closed: transport close");
    }

    @Test
    void givenASession_whenTheServerClosesIt_thenForcedCloseAndWhatWasSentIsTheConnectionsToBring() {
        InMemoryWebTransport webTransport = connect();
        engine.send("last");

        engine.run(engine.socket::close);

        assertThat(webTransport.takeSent()).containsExactly("4last");
        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
    }

    @Test
    void givenASlowClient_whenTooMuchWaits_thenItIsCutAndCounted() {
        InMemoryWebTransport webTransport = connect();
        webTransport.writable(false, 16 * 1024 * 1024);
        assertThat(engine.socket.isWritable()).isFalse();

        engine.send("one more");

        assertThat(webTransport.takeSent()).isEmpty();
        assertThat(engine.server.overflowCount()).isEqualTo(1);
        assertThat(engine.takeEvents())
                .containsExactly("closed: client too slow (more than 16777216 bytes wait to be sent (limit:"
                        + " maxBufferedBytes))");
    }

    @Test
    void givenASlowClient_whenItCatchesUp_thenTheApplicationIsTold() {
        InMemoryWebTransport webTransport = connect();
        webTransport.writable(false, 5);
        assertThat(engine.socket.bufferedBytes()).isEqualTo(5);

        webTransport.writable(true, 0);

        assertThat(engine.drained).isEqualTo(1);
    }

    @Test
    void givenAnApplicationThatPauses_whenItResumes_thenTheStreamFollows() {
        InMemoryWebTransport webTransport = connect();

        engine.run(engine.socket::pauseReading);
        assertThat(webTransport.isPaused()).isTrue();
        engine.run(engine.socket::resumeReading);

        assertThat(webTransport.isPaused()).isFalse();
    }

    // --- the upgrade

    private InMemoryWebTransport probe(String sid, ManualEventLoop loop) {
        InMemoryWebTransport webTransport = request(engine, loop, NO_BROWSER);
        webTransport.receive("0{\"sid\":\"" + sid + "\"}");
        engine.loop.runTasks();
        return webTransport;
    }

    private String connectPolling() {
        String sid = engine.connectPolling();
        engine.takeEvents();
        return sid;
    }

    @Test
    void givenWebTransportIsServed_whenASessionBeginsOverPolling_thenItIsOfferedAfterWebSocket() {
        InMemoryExchange opened = engine.get(TestEngine.PATH + "&transport=polling");

        assertThat(opened.responseText()).contains("\"upgrades\":[\"websocket\",\"webtransport\"]");
    }

    @Test
    void givenPollingAndWebTransportOnly_whenASessionBeginsOverPolling_thenOnlyThatIsOffered() {
        TestEngine own = new TestEngine(EngineOptions.builder()
                .transports(TransportType.WEBTRANSPORT, TransportType.POLLING)
                .build());

        assertThat(own.get(TestEngine.PATH + "&transport=polling").responseText())
                .contains("\"upgrades\":[\"webtransport\"]");
    }

    @Test
    void givenASessionOverPolling_whenItUpgrades_thenWhatWaitedLeavesFirst() {
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, engine.loop);

        webTransport.receive("2probe");
        assertThat(webTransport.takeSent()).containsExactly("3probe");
        engine.send("a");
        webTransport.receive("5");
        engine.send("b");
        webTransport.receive("4c");

        assertThat(webTransport.takeSent()).containsExactly("4a", "4b");
        assertThat(engine.takeEvents()).containsExactly("upgraded to webtransport", "text c");
        assertThat(engine.poll(sid).responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void givenASessionThatLivesOnAnotherLoop_whenItUpgrades_thenNothingIsLostOrReordered() {
        ManualEventLoop other = new ManualEventLoop();
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, other);
        webTransport.receive("2probe");
        webTransport.receive("5");
        webTransport.receive("4one");
        webTransport.receive("4two");
        assertThat(engine.takeEvents()).isEmpty();

        engine.loop.runTasks();
        engine.send("a");
        engine.send("b");
        assertThat(webTransport.takeSent()).isEmpty();
        other.runTasks();

        assertThat(engine.takeEvents()).containsExactly("upgraded to webtransport", "text one", "text two");
        assertThat(webTransport.takeSent()).containsExactly("3probe", "4a", "4b");
        assertThat(engine.socket.eventLoop()).isSameAs(engine.loop);
    }

    @Test
    void givenASessionThatLivesOnAnotherLoop_whenPongsWithDataFlood_thenTheyAreNotRead() {
        ManualEventLoop other = new ManualEventLoop();
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, other);
        webTransport.receive("5");

        EncodedPacket half = EncodedPacket.of(new EnginePacket.Pong("x".repeat(Inflow.MAX_BYTES / 2)));
        webTransport.receive(half);
        assertThat(webTransport.isPaused()).isFalse();
        webTransport.receive(half);
        assertThat(webTransport.isPaused()).isTrue();
        engine.loop.runTasks();
        other.runTasks();

        assertThat(webTransport.isPaused()).isFalse();
    }

    @Test
    void givenASessionThatLivesOnAnotherLoop_whenTheClientLeaves_thenItEndsAtHome() {
        ManualEventLoop other = new ManualEventLoop();
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, other);
        webTransport.receive("5");

        webTransport.receiveClose("gone");
        assertThat(engine.events).isEmpty();
        engine.loop.runTasks();

        assertThat(engine.takeEvents())
                .isEqualTo(List.of("upgraded to webtransport", "closed: transport close (gone)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4early", "1", "6", "9", "0"})
    void givenAnotherPacket_whenProbing_thenItIsClosedAndPollingGoesOn(String packet) {
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, engine.loop);

        webTransport.receive(packet);

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.push(sid, "4a").responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("text a");
        assertThat(engine.errors).singleElement().satisfies(error -> assertThat(error.context())
                .containsEntry("name", "UPGRADE_FAILURE")
                .containsEntry("transport", "webtransport")
                .containsKey("error"));
    }

    @Test
    void givenBytesThatAreNoPacket_whenProbing_thenItIsClosedAndTheApplicationIsTold() {
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, engine.loop);

        webTransport.receiveBytes("00");

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.errors).singleElement().satisfies(error -> assertThat(
                        (EngineException) error.context().get("error"))
                .hasMessageStartingWith("Packet of 0 bytes"));
    }

    @Test
    void givenAProbeThatIsNotFollowed_whenUpgradeTimeoutPasses_thenItIsClosedAndPollingGoesOn() {
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, engine.loop);
        webTransport.receive("2probe");

        engine.advance(Duration.ofSeconds(10));

        assertThat(webTransport.end()).isEqualTo("closed");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.POLLING);
        assertThat(engine.loop.pendingTimers()).isEqualTo(1); // the heartbeat
    }

    @Test
    void givenAProbeThatIsLost_whenItEnds_thenPollingGoesOn() {
        String sid = connectPolling();
        InMemoryWebTransport webTransport = probe(sid, engine.loop);

        webTransport.receiveClose("lost");

        assertThat(engine.push(sid, "4a").responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("text a");
        assertThat(engine.loop.pendingTimers()).isEqualTo(1);
    }

    @Test
    void givenAnUpgradeUnderWay_whenAnotherAsksForTheSession_thenThatOneIsClosed() {
        String sid = connectPolling();
        InMemoryWebTransport first = probe(sid, engine.loop);

        InMemoryWebTransport second = probe(sid, engine.loop);

        assertThat(second.end()).isEqualTo("closed");
        assertThat(first.end()).isEmpty();
        assertThat(engine.probe(sid).closeCode()).isNotZero();
    }

    @Test
    void givenAnUpgradedSession_whenAnotherAsksForIt_thenThatOneIsClosed() {
        String sid = connectPolling();
        InMemoryWebTransport first = probe(sid, engine.loop);
        first.receive("5");

        InMemoryWebTransport second = probe(sid, engine.loop);

        assertThat(second.end()).isEqualTo("closed");
        first.receive("4a");
        assertThat(engine.takeEvents()).containsExactly("upgraded to webtransport", "text a");
    }
}
