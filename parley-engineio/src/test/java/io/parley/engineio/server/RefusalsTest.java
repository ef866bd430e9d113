package io.parley.engineio.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.server.AllowRequest.Decision;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Feature table, section 1.3. */
class RefusalsTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";
    private static final String WEBSOCKET = TestEngine.PATH + "&transport=websocket";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio4-refusals.csv", commentCharacter = '#')
    void givenAVector_whenServed_thenItIsRefusedAsItSays(
            String name,
            String source,
            String method,
            String query,
            String origin,
            int status,
            String body,
            String context) {
        TestEngine engine = new TestEngine();
        String target = "/engine.io/?" + query.replace("SID", engine.connectPolling());

        InMemoryExchange refused = engine.serve(request(engine, method, target, origin.replace("\\1", "\1")));

        assertThat(refused.response().status()).as(name).isEqualTo(status);
        assertThat(refused.responseText()).isEqualTo(body);
        assertThat(contentType(refused)).isEqualTo(method.equals("UPGRADE") ? "text/html" : "application/json");
        assertThat(contextOf(engine)).isEqualTo(context.replace("\\1", "\1"));
        assertThat(engine.server.clientsCount()).isEqualTo(1);
    }

    @Test
    void givenARefusal_whenItHappens_thenTheListenerHearsOfRequestCodeAndMessage() {
        TestEngine engine = new TestEngine();

        InMemoryExchange refused = engine.get(POLLING + "&sid=gone");

        ConnectionError error = engine.errors.get(0);
        assertThat(error.request()).isSameAs(refused.request());
        assertThat(error.code()).isEqualTo(1);
        assertThat(error.message()).isEqualTo("Session ID unknown");
    }

    @Test
    void givenAHandshakeThatIsDecidedLater_whenTheServerDrainsMeanwhile_thenThatIsWhatTheClientIsTold() {
        CompletableFuture<String> id = new CompletableFuture<>();
        TestEngine engine = new TestEngine(
                EngineOptions.builder().generateIdAsync(request -> id).build());
        InMemoryExchange refused = engine.get(POLLING);

        engine.server.stopAccepting(() -> Duration.ofSeconds(3));
        engine.run(() -> id.complete("late"));

        assertThat(refused.response().status()).isEqualTo(503);
        assertThat(refused.response().headers().first("Retry-After")).contains("3");
        assertThat(contextOf(engine)).isEqualTo("{name=SERVER_DRAINING, retryAfter=3}");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAServerThatTakesNoNewSessions_whenSomebodyComes_thenHeIsToldWhenToComeBack() {
        TestEngine engine = new TestEngine();
        engine.server.stopAccepting();
        InMemoryExchange nobodyKnows = engine.get(POLLING);
        engine.server.stopAccepting(() -> Duration.ofMillis(4_001));
        InMemoryExchange polling = engine.get(POLLING);
        InMemoryExchange webSocket = engine.upgrade(WEBSOCKET);
        engine.server.stopAccepting(() -> Duration.ZERO);
        InMemoryExchange last = engine.get(POLLING);

        assertThat(List.of(nobodyKnows, polling, webSocket, last))
                .extracting(refused -> refused.response().status())
                .containsOnly(503);
        assertThat(nobodyKnows.response().headers().first("Retry-After")).isEmpty();
        assertThat(polling.response().headers().first("Retry-After")).contains("5");
        assertThat(webSocket.response().headers().first("Retry-After")).contains("5");
        assertThat(last.response().headers().first("Retry-After")).contains("0");
        assertThat(engine.errors.get(1).context())
                .containsEntry("name", "SERVER_DRAINING")
                .containsEntry("retryAfter", 5L);
    }

    @Test
    void givenAListenerThatThrows_whenARequestIsRefused_thenItIsAnsweredAllTheSame() {
        TestEngine engine = new TestEngine();
        engine.server.onConnectionError(error -> {
            throw new IllegalStateException("listener");
        });

        assertThat(engine.get(POLLING + "&sid=gone").response().status()).isEqualTo(400);
    }

    @Test
    void givenATransportThatIsOff_whenAskedFor_thenItIsUnknown() {
        TestEngine engine = new TestEngine(
                EngineOptions.builder().transports(TransportType.WEBSOCKET).build());

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.responseText()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    @Test
    void givenACheckThatRefuses_whenPolled_thenForbidden() {
        TestEngine engine = new TestEngine(allowing(AllowRequest.of(request -> false)));

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.response().status()).isEqualTo(403);
        assertThat(refused.responseText()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(contextOf(engine)).isEqualTo("{message=Forbidden}");
    }

    @Test
    void givenACheckThatSaysWhy_whenRefused_thenTheMessageIsItsOwn() {
        TestEngine engine = new TestEngine(
                allowing(request -> CompletableFuture.completedFuture(Decision.refuse("No \"token\"\n"))));

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.responseText()).isEqualTo("{\"code\":4,\"message\":\"No \\\"token\\\"\\n\"}");
    }

    @Test
    void givenACheckThatRefuses_whenUpgraded_thenBadRequestBeforeThe101() {
        TestEngine engine = new TestEngine(allowing(AllowRequest.of(request -> false)));

        InMemoryExchange refused = engine.upgrade(WEBSOCKET);

        assertThat(refused.response().status()).isEqualTo(400);
        assertThat(refused.responseText()).isEqualTo("Forbidden");
    }

    @Test
    void givenACheckThatTakesTime_whenItAllows_thenTheSessionBegins() {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        TestEngine engine = new TestEngine(allowing(request -> decision));
        InMemoryExchange waiting = engine.get(POLLING);
        assertThat(waiting.isAnswered()).isFalse();

        CompletableFuture.runAsync(() -> decision.complete(Decision.allow()))
                .orTimeout(10, SECONDS)
                .join();
        engine.loop.runTasks();

        assertThat(waiting.responseText()).startsWith("0{");
    }

    @Test
    void givenACheckThatFails_whenAsked_thenForbiddenWithoutItsMessage() {
        TestEngine engine = new TestEngine(allowing(
                request -> CompletableFuture.failedFuture(new IllegalStateException("password of the database"))));

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.responseText()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
    }

    @Test
    void givenACheckThatThrows_whenAsked_thenForbidden() {
        TestEngine engine = new TestEngine(allowing(request -> {
            throw new IllegalStateException("check");
        }));

        assertThat(engine.get(POLLING).response().status()).isEqualTo(403);
    }

    @Test
    void givenACheck_whenARequestOfTheSessionComes_thenItIsNotAskedAgain() {
        int[] asked = {0};
        TestEngine engine = new TestEngine(allowing(AllowRequest.of(request -> asked[0]++ == 0)));
        String sid = engine.connectPolling();

        assertThat(engine.push(sid, "4a").response().status()).isEqualTo(200);
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void givenAClientThatLeftDuringTheCheck_whenAllowed_thenTheSessionDoesNotStay() {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        TestEngine engine = new TestEngine(allowing(request -> decision));
        InMemoryExchange left = engine.get(POLLING);
        left.abort();

        decision.complete(Decision.allow());
        engine.loop.runTasks();
        engine.advance(Duration.ofSeconds(45));

        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAGeneratorThatThrows_whenPolled_thenBadRequest() {
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .generateId(request -> {
                    throw new IllegalStateException("no id");
                })
                .build());

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(contextOf(engine))
                .isEqualTo("{error=java.lang.IllegalStateException: no id, name=ID_GENERATION_ERROR}");
    }

    @Test
    void givenAGeneratorThatTakesItsTime_whenPolled_thenTheSessionBeginsWithItsId() {
        CompletableFuture<String> id = new CompletableFuture<>();
        TestEngine engine = new TestEngine(
                EngineOptions.builder().generateIdAsync(request -> id).build());

        InMemoryExchange handshake = engine.get(POLLING);
        assertThat(handshake.isAnswered()).isFalse();

        id.complete("later");
        engine.loop.runTasks();
        assertThat(handshake.responseText()).startsWith("0{\"sid\":\"later\"");
        assertThat(engine.server.clients()).containsKey("later");
    }

    @Test
    void givenAGeneratorThatFailsLater_whenUpgraded_thenBadRequestBeforeThe101WithTheCause() {
        IllegalStateException cause = new IllegalStateException("no id");
        TestEngine engine = new TestEngine(EngineOptions.builder()
                .generateIdAsync(request -> CompletableFuture.failedFuture(cause))
                .build());

        InMemoryExchange refused = engine.upgrade(WEBSOCKET);

        assertThat(refused.responseText()).isEqualTo("Bad request");
        assertThat(engine.errors.get(0).context())
                .containsEntry("name", "ID_GENERATION_ERROR")
                .containsEntry("error", cause);
    }

    @Test
    void givenAGeneratorThatRepeatsItself_whenUpgraded_thenTheSecondIsRefusedBeforeThe101() {
        TestEngine engine = new TestEngine(
                EngineOptions.builder().generateId(request -> "same").build());
        engine.connectWebSocket();

        InMemoryExchange refused = engine.upgrade(WEBSOCKET);

        assertThat(refused.responseText()).isEqualTo("Bad request");
        assertThat(engine.server.clientsCount()).isEqualTo(1);
    }

    @Test
    void givenAsManySessionsAsAllowed_whenAnotherComes_thenItIsRefusedUntilOneEnds() {
        TestEngine engine =
                new TestEngine(EngineOptions.builder().maxSessions(1).build());
        engine.connectPolling();

        InMemoryExchange refused = engine.get(POLLING);
        assertThat(refused.response().status()).isEqualTo(503);
        assertThat(refused.responseText())
                .isEqualTo("{\"code\":3,\"message\":\"The server has as many sessions as it takes;"
                        + " come back after a while\"}");
        assertThat(engine.upgrade(WEBSOCKET).response().status()).isEqualTo(503);

        engine.socket.closeNow();
        engine.loop.runTasks();
        assertThat(engine.get(POLLING).response().status()).isEqualTo(200);
    }

    @Test
    void givenAClosedServer_whenAsked_thenItIsUnavailable() {
        TestEngine engine = new TestEngine();
        engine.server.close();

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.response().status()).isEqualTo(503);
        assertThat(refused.responseText()).isEqualTo("{\"code\":3,\"message\":\"The server is closing\"}");
    }

    private static EngineOptions allowing(AllowRequest check) {
        return EngineOptions.builder().allowRequest(check).build();
    }

    private static InMemoryExchange request(TestEngine engine, String method, String target, String origin) {
        String[] headers = origin.isEmpty() ? new String[0] : new String[] {"Origin", origin};
        return method.equals("UPGRADE")
                ? InMemoryExchange.webSocket(engine.loop, target, headers)
                : InMemoryExchange.request(engine.loop, method, target, headers);
    }

    private static String contentType(InMemoryExchange exchange) {
        HttpResponse response = exchange.response();
        return response.headers().first("Content-Type").orElse("");
    }

    private static String contextOf(TestEngine engine) {
        return new TreeMap<>(engine.errors.get(0).context()).toString();
    }
}
