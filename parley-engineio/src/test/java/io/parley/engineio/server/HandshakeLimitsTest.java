package io.parley.engineio.server;

import static io.parley.engineio.server.HandshakeLimit.ADDRESSES;
import static io.parley.engineio.server.HandshakeLimit.HANDSHAKES;
import static io.parley.engineio.server.HandshakeLimit.HANDSHAKES_PER_ADDRESS;
import static io.parley.engineio.server.HandshakeLimit.SESSIONS_PER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many sessions may begin. The clock is the event loop's. */
class HandshakeLimitsTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";
    private static final String WEBSOCKET = TestEngine.PATH + "&transport=websocket";

    private static TestEngine engine(UnaryOperator<HandshakeLimits.Builder> limits) {
        HandshakeLimits.Builder builder = HandshakeLimits.builder()
                .clientAddress(request -> request.header("X-Test-Client").orElse(null));
        return new TestEngine(EngineOptions.builder()
                .handshakeLimits(limits.apply(builder).build())
                .build());
    }

    private static InMemoryExchange from(TestEngine engine, String client) {
        return engine.get(POLLING, "X-Test-Client", client);
    }

    @Test
    void givenALimitOfHandshakes_whenMoreComeAtOnce_thenTheyAreToldWhenToComeBack() {
        TestEngine engine = engine(limits -> limits.handshakes(1, 2));

        assertThat(engine.get(POLLING).response().status()).isEqualTo(200);
        engine.connectWebSocket();
        InMemoryExchange polling = engine.get(POLLING);
        InMemoryExchange webSocket = engine.upgrade(WEBSOCKET);

        assertThat(polling.response().status()).isEqualTo(503);
        assertThat(polling.response().headers().first("Retry-After")).contains("1");
        assertThat(polling.responseText())
                .isEqualTo(
                        "{\"code\":3,\"message\":\"The server takes 1 a second, 2 at once, of new sessions; come back"
                                + " after a while\"}");
        assertThat(webSocket.response().status()).isEqualTo(503);
        assertThat(webSocket.response().headers().first("Retry-After")).contains("1");
        assertThat(engine.server.refusedHandshakes(HANDSHAKES)).isEqualTo(2);
        assertThat(engine.errors.get(0).context())
                .containsEntry("name", "TOO_MANY_HANDSHAKES")
                .containsEntry("retryAfter", 1L);
        assertThat(engine.server.clientsCount()).isEqualTo(2);
    }

    @Test
    void givenAStorm_whenTimePasses_thenSoManySessionsBeginAgain() {
        TestEngine engine = engine(limits -> limits.handshakes(2, 1));
        engine.get(POLLING);

        engine.advance(Duration.ofMillis(499));
        assertThat(engine.get(POLLING).response().status()).isEqualTo(503);
        engine.advance(Duration.ofMillis(1));
        assertThat(engine.get(POLLING).response().status()).isEqualTo(200);
    }

    @Test
    void givenAStorm_whenRequestsOfSessionsCome_thenTheyAreServed() {
        TestEngine engine = engine(limits -> limits.handshakes(1, 1));
        String sid = engine.connectPolling();

        for (int i = 0; i < 5; i++) {
            assertThat(engine.push(sid, "4x").responseText()).isEqualTo("ok");
        }
        assertThat(engine.probe(sid).isOpen()).isTrue();
    }

    @Test
    void givenALimitForEachAddress_whenOneBeginsTooManySessions_thenTheOthersAreNotTouched() {
        TestEngine engine = engine(limits -> limits.handshakesPerAddress(1, 2));
        from(engine, "a");
        from(engine, "a");

        InMemoryExchange refused = from(engine, "a");

        assertThat(refused.response().status()).isEqualTo(429);
        assertThat(refused.response().headers().first("Retry-After")).contains("1");
        assertThat(engine.server.refusedHandshakes(HANDSHAKES_PER_ADDRESS)).isEqualTo(1);
        assertThat(from(engine, "b").response().status()).isEqualTo(200);
        engine.advance(Duration.ofSeconds(1));
        assertThat(from(engine, "a").response().status()).isEqualTo(200);
    }

    @Test
    void givenALimitOfSessions_whenAnAddressHasThem_thenTheNextWaitsForOneToEnd() {
        TestEngine engine = engine(limits -> limits.sessionsPerAddress(2));
        InMemoryWebSocket first =
                engine.upgrade(WEBSOCKET, "X-Test-Client", "a").webSocket();
        from(engine, "a");

        InMemoryExchange refused = from(engine, "a");

        assertThat(refused.response().status()).isEqualTo(429);
        assertThat(refused.responseText())
                .isEqualTo("{\"code\":3,\"message\":\"Your address has 2 sessions (limit: 2)\"}");
        assertThat(refused.response().headers().first("Retry-After")).isEmpty();
        assertThat(engine.server.refusedHandshakes(SESSIONS_PER_ADDRESS)).isEqualTo(1);
        assertThat(from(engine, "b").response().status()).isEqualTo(200);
        first.receiveClose(1000, "");
        engine.loop.runTasks();
        assertThat(from(engine, "a").response().status()).isEqualTo(200);
        assertThat(from(engine, "a").response().status()).isEqualTo(429);
    }

    @Test
    void givenALimitOfSessions_whenTwoOfAnAddressAreDecidedLater_thenTheSecondIsToldOfTheLimit() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        Queue<CompletableFuture<String>> ids = new ArrayDeque<>(List.of(first, second));
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .handshakeLimits(HandshakeLimits.builder()
                        .clientAddress(
                                request -> request.header("X-Test-Client").orElse(null))
                        .sessionsPerAddress(1)
                        .build())
                .generateIdAsync(request -> ids.remove())
                .build());
        InMemoryExchange served = from(engine, "a");
        InMemoryExchange refused = from(engine, "a");

        engine.run(() -> first.complete("one"));
        engine.run(() -> second.complete("two"));

        assertThat(served.response().status()).isEqualTo(200);
        assertThat(refused.response().status()).isEqualTo(429);
        assertThat(refused.responseText())
                .isEqualTo("{\"code\":3,\"message\":\"Your address has 1 sessions (limit: 1)\"}");
        assertThat(engine.server.refusedHandshakes(SESSIONS_PER_ADDRESS)).isEqualTo(1);
    }

    @Test
    void givenAClientWithoutAnAddress_whenItComes_thenOnlyTheServersLimitHolds() {
        TestEngine engine = engine(limits -> limits.sessionsPerAddress(1).handshakesPerAddress(1, 1));

        for (int i = 0; i < 5; i++) {
            assertThat(engine.get(POLLING).response().status()).isEqualTo(200);
        }
    }

    @Test
    void givenAsManyAddressesAsAreRemembered_whenAnotherComes_thenItIsRefusedUntilOneIsForgotten() {
        TestEngine engine = engine(limits -> limits.handshakesPerAddress(1, 1).maxAddresses(2));
        String sid = null;
        for (String client : new String[] {"a", "b"}) {
            from(engine, client);
            sid = engine.socket.id();
        }

        InMemoryExchange refused = from(engine, "c");
        assertThat(refused.response().status()).isEqualTo(503);
        assertThat(engine.server.refusedHandshakes(ADDRESSES)).isEqualTo(1);
        engine.advance(Duration.ofSeconds(1));
        assertThat(from(engine, "c").response().status()).isEqualTo(503); // both have a session yet

        engine.push(sid, "1");
        engine.advance(Duration.ofSeconds(1));
        assertThat(from(engine, "c").response().status()).isEqualTo(200);
    }

    @Test
    void givenACheckOfTheApplication_whenAHandshakeIsAboveALimit_thenItIsNotAsked() {
        int[] asked = {0};
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .handshakeLimits(HandshakeLimits.builder().handshakes(1, 1).build())
                .allowRequest(AllowRequest.of(request -> asked[0]++ >= 0))
                .build());

        engine.get(POLLING);
        engine.get(POLLING);

        assertThat(asked[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0/64",
    })
    void givenTheAddressOfTheConnection_whenAsked_thenACustomerHasOne(String remote, String expected) {
        assertThat(ClientAddress.remote().of(request(remote))).isEqualTo(expected);
    }

    @Test
    void givenAUnixDomainSocket_whenAsked_thenItHasNoAddress() {
        HttpRequest request = new HttpRequest("GET", "/", HttpHeaders.empty(), UnixDomainSocketAddress.of("/x"), false);

        assertThat(ClientAddress.remote().of(request)).isNull();
        assertThat(ClientAddress.forwardedBy("10.0.0.0/8").of(request)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "the proxy's word; 10.1.2.3; 192.0.2.1; 192.0.2.1",
                "the last one counts; 10.1.2.3; 6.6.6.6, 192.0.2.1; 192.0.2.1",
                "trusted ones are passed over; 10.1.2.3; 6.6.6.6, 192.0.2.1, 10.9.9.9; 192.0.2.1",
                "with a port; 10.1.2.3; 192.0.2.1:4711; 192.0.2.1",
                "IPv6; 10.1.2.3; [2001:db8::1]:4711; 2001:db8:0:0:0:0:0:0/64",
                "nobody else's word; 192.0.2.9; 6.6.6.6; 192.0.2.9",
                "no word; 10.1.2.3; ''; 10.1.2.3",
                "no address; 10.1.2.3; 6.6.6.6, unknown; 10.1.2.3",
                "no name is looked up; 10.1.2.3; localhost; 10.1.2.3",
                "no odd number; 10.1.2.3; 1.2; 10.1.2.3",
                "too large a number; 10.1.2.3; 1.2.3.256; 10.1.2.3",
                "broken IPv6; 10.1.2.3; 1:::2; 10.1.2.3",
                "a single address; 0:0:0:0:0:0:0:1; 192.0.2.1; 192.0.2.1",
                "only trusted ones; 10.1.2.3; 10.4.4.4; 10.4.4.4",
            })
    void givenAProxy_whenItTellsTheAddress_thenTrustedOnesAreBelieved(
            String name, String remote, String forwarded, String expected) {
        ClientAddress address = ClientAddress.forwardedBy("10.0.0.0/8", "::1");

        assertThat(address.of(request(remote, "X-Forwarded-For", forwarded)))
                .as(name)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "::/129", "10.0.0"})
    void givenNoAddress_whenTrusted_thenTheSetterFails(String proxy) {
        assertThatThrownBy(() -> ClientAddress.forwardedBy(proxy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trusted proxy: " + proxy
                        + " (expected: an address such as 10.0.0.7, or a network such as 10.0.0.0/8)");
    }

    @Test
    void givenNothingSet_whenBuilt_thenThereIsNoLimit() {
        HandshakeLimits limits = EngineOptions.defaults().handshakeLimits();

        assertThat(limits).isSameAs(HandshakeLimits.none());
        assertThat(limits.handshakes()).isEmpty();
        assertThat(limits.handshakesPerAddress()).isEmpty();
        assertThat(limits.sessionsPerAddress()).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.maxAddresses()).isEqualTo(100_000);
    }

    @Test
    void givenWrongValues_whenSet_thenTheSetterFails() {
        HandshakeLimits.Builder builder = HandshakeLimits.builder();

        assertThatThrownBy(() -> builder.sessionsPerAddress(0))
                .hasMessage("sessionsPerAddress: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.maxAddresses(0)).hasMessage("maxAddresses: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.handshakes(0, 1)).hasMessageContaining("rate: 0 a second");
    }

    private static HttpRequest request(String remote, String... headers) {
        return new HttpRequest("GET", "/", HttpHeaders.of(headers), new InetSocketAddress(remote, 1), false);
    }
}
