package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Feature table, sections 1.1 to 1.3. */
class HandshakeTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";
    private static final String WEBSOCKET = TestEngine.PATH + "&transport=websocket";

    @Test
    void givenAPoll_whenItBegins_thenTheOpenPacketIsTheOfficialOne() {
        TestEngine engine = new TestEngine();

        InMemoryExchange opened = engine.get(POLLING);

        assertThat(opened.responseText())
                .isEqualTo("0{\"sid\":\"" + engine.socket.id() + "\",\"upgrades\":[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(engine.takeEvents()).containsExactly("connected");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.POLLING);
    }

    @Test
    void givenAPoll_whenItBegins_thenTheHeadersAreTheOfficialOnes() {
        TestEngine engine = new TestEngine();

        InMemoryExchange opened = engine.get(POLLING);

        assertThat(opened.response().headers())
                .hasToString("Content-Type: text/plain; charset=UTF-8\ncache-control: no-store\n");
    }

    @Test
    void givenAnOldInternetExplorer_whenAnswered_thenItsFilterIsOff() {
        TestEngine engine = new TestEngine();

        InMemoryExchange opened = engine.get(POLLING, "User-Agent", "Mozilla/5.0 (Windows NT 6.1; Trident/7.0)");

        assertThat(opened.response().headers().first("X-XSS-Protection")).contains("0");
    }

    @Test
    void givenAWebSocket_whenItBegins_thenNoUpgradesAreOffered() {
        TestEngine engine = new TestEngine();

        InMemoryWebSocket webSocket = engine.upgrade(WEBSOCKET).webSocket();

        assertThat(webSocket.takeSent())
                .containsExactly("0{\"sid\":\"" + engine.socket.id() + "\",\"upgrades\":[],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
    }

    @Test
    void givenAWebSocket_whenUpgraded_thenItsLimitsAreTheEngines() {
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .maxHttpBufferSize(5_000)
                .maxBufferedBytes(70_000)
                .build());

        InMemoryWebSocket webSocket = engine.connectWebSocket();

        assertThat(webSocket.options().connection().maxMessageBytes()).isEqualTo(5_000);
        assertThat(webSocket.options().connection().maxBufferedBytes()).isEqualTo(70_000);
        assertThat(webSocket.options().subprotocols()).containsExactly("*");
    }

    @Test
    void givenUpgradesAreNotAllowed_whenASessionBegins_thenNoneIsOffered() {
        TestEngine engine =
                new TestEngine(EngineOptions.builder().allowUpgrades(false).build());

        assertThat(engine.get(POLLING).responseText()).contains("\"upgrades\":[],");
    }

    @Test
    void givenNoWebSocket_whenASessionBegins_thenNoUpgradeIsOffered() {
        TestEngine engine = new TestEngine(
                EngineOptions.builder().transports(TransportType.POLLING).build());

        assertThat(engine.get(POLLING).responseText()).contains("\"upgrades\":[],");
    }

    @Test
    void givenAnInitialPacket_whenASessionBegins_thenItComesWithTheOpenPacket() {
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .initialPacket(EncodedPacket.text("welcome"))
                .build());

        assertThat(engine.get(POLLING).responseText()).endsWith("}\u001e4welcome");
        assertThat(engine.upgrade(WEBSOCKET).webSocket().takeSent()).element(1).isEqualTo("4welcome");
    }

    @Test
    void givenManySessions_whenTheyBegin_thenTheirIdsAreTwentyCharactersAndDifferent() {
        TestEngine engine = new TestEngine();

        List<String> ids =
                IntStream.range(0, 300).mapToObj(i -> engine.connectPolling()).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_-]{20}"));
        assertThat(engine.server.clientsCount()).isEqualTo(300);
    }

    @Test
    void givenAGenerator_whenASessionBegins_thenTheIdIsItsOwn() {
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .generateId(request -> "id of \"" + request.method() + "\"")
                .build());

        assertThat(engine.get(POLLING).responseText()).startsWith("0{\"sid\":\"id of \\\"GET\\\"\"");
    }

    @Test
    void givenASession_whenAskedForItsRequest_thenItIsTheFirstOne() {
        TestEngine engine = new TestEngine();

        InMemoryExchange opened = engine.get(POLLING + "&token=1");
        engine.poll(engine.socket.id());

        assertThat(engine.socket.request()).isSameAs(opened.request());
        assertThat(engine.socket.protocol()).isEqualTo(4);
        assertThat(engine.socket.eventLoop()).isSameAs(engine.loop);
    }

    @Test
    void givenAConnectionHandlerThatThrows_whenASessionBegins_thenItEnds() {
        TestEngine engine = new TestEngine();
        EngineServer server = EngineServer.create(EngineOptions.defaults(), socket -> {
            throw new IllegalStateException("handler");
        });
        InMemoryExchange exchange = InMemoryExchange.webSocket(engine.loop, WEBSOCKET);

        engine.run(() -> server.handle(exchange));

        assertThat(exchange.webSocket().isOpen()).isFalse();
        assertThat(server.clientsCount()).isZero();
    }

    @Test
    void givenAConnectionHandlerThatCloses_whenASessionBegins_thenItsListenerHearsTheEnd() {
        TestEngine engine = new TestEngine();
        EngineServer server = EngineServer.create(EngineOptions.defaults(), socket -> {
            socket.closeNow();
            return new RecordingListener(engine.events);
        });

        engine.run(() -> server.handle(InMemoryExchange.get(engine.loop, POLLING)));

        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
    }
}
