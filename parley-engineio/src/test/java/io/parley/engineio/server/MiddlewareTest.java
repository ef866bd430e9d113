package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.TransportType;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.testing.InMemoryExchange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.1 ({@code use}) and 0.1 (engine.io 6.6.12). */
class MiddlewareTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";
    private static final String WEBSOCKET = TestEngine.PATH + "&transport=websocket";

    private final TestEngine engine = new TestEngine();

    @Test
    void givenMiddlewares_whenRequestsCome_thenTheyPassInOrderOnEveryTransport() {
        List<String> passed = new ArrayList<>();
        engine.server.use(step -> {
            passed.add("first " + step.request().method() + (step.isUpgrade() ? " upgrade" : ""));
            step.next();
        });
        engine.server.use(step -> {
            passed.add("second");
            step.next();
        });

        String sid = engine.connectPolling();
        engine.push(sid, "4a");
        engine.upgrade(WEBSOCKET);

        assertThat(passed)
                .containsExactly("first GET", "second", "first POST", "second", "first GET upgrade", "second");
        assertThat(engine.events).containsExactly("connected", "text a", "connected");
    }

    @Test
    void givenFieldsOfAMiddleware_whenAnswered_thenTheyStandBesideTheEnginesOwn() {
        engine.server.use(step -> {
            step.headers()
                    .set("X-Mine", "1")
                    .set("Content-Type", "text/x-mine")
                    .add("Set-Cookie", "a=b")
                    .set("X-Gone", "1")
                    .remove("x-gone");
            step.next();
        });

        InMemoryExchange handshake = engine.get(POLLING);
        InMemoryExchange refused = engine.get(POLLING + "&sid=gone");
        InMemoryExchange webSocket = engine.upgrade(WEBSOCKET);
        InMemoryExchange noWebSocket = engine.upgrade(WEBSOCKET + "&sid=gone");

        assertThat(handshake.response().headers().first("X-Mine")).hasValue("1");
        assertThat(handshake.response().headers().all("Content-Type")).containsExactly("text/plain; charset=UTF-8");
        assertThat(handshake.response().headers().all("Set-Cookie")).containsExactly("a=b");
        assertThat(handshake.response().headers().contains("X-Gone")).isFalse();
        assertThat(refused.response().headers().first("X-Mine")).hasValue("1");
        assertThat(webSocket.webSocket().options().headers().first("X-Mine")).hasValue("1");
        assertThat(noWebSocket.response().headers().contains("X-Mine")).isFalse();
    }

    @Test
    void givenAMiddlewareThatGoesOnLater_whenARequestComes_thenItWaits() {
        List<HttpMiddleware.Step> waiting = new ArrayList<>();
        engine.server.use(waiting::add);

        InMemoryExchange handshake = engine.get(POLLING);
        assertThat(handshake.isAnswered()).isFalse();

        waiting.get(0).next();
        waiting.get(0).next();
        waiting.get(0).fail(new IllegalStateException("too late"));
        engine.loop.runTasks();
        assertThat(handshake.response().status()).isEqualTo(200);
        assertThat(engine.errors).isEmpty();
    }

    @Test
    void givenAMiddlewareThatFails_whenPolled_thenBadRequestAndItsCauseIsTold() {
        IllegalStateException cause = new IllegalStateException("not today");
        engine.server.use(step -> step.fail(cause));

        InMemoryExchange refused = engine.get(POLLING);

        assertThat(refused.response().status()).isEqualTo(400);
        assertThat(refused.responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.errors.get(0).code()).isEqualTo(3);
        assertThat(engine.errors.get(0).context())
                .containsEntry("name", "MIDDLEWARE_FAILURE")
                .containsEntry("error", cause);
    }

    @Test
    void givenAMiddlewareThatThrows_whenUpgraded_thenBadRequestBeforeThe101() {
        engine.server.use(step -> {
            throw new java.io.IOException("broken");
        });

        InMemoryExchange refused = engine.upgrade(WEBSOCKET);

        assertThat(refused.response().status()).isEqualTo(400);
        assertThat(refused.responseText()).isEqualTo("Bad request");
        assertThat(engine.errors).hasSize(1);
    }

    @Test
    void givenAMiddlewareThatAnswers_whenItFailsAfterwards_thenItsAnswerStands() {
        engine.server.use(step -> {
            step.headers().set("X-Mine", "1");
            step.respond(HttpResponse.text(429, "slow down"));
            step.fail(new IllegalStateException("after the answer"));
        });

        InMemoryExchange answered = engine.get(POLLING);

        assertThat(answered.response().status()).isEqualTo(429);
        assertThat(answered.responseText()).isEqualTo("slow down");
        assertThat(answered.response().headers().first("X-Mine")).hasValue("1");
        assertThat(engine.errors).hasSize(1);
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAMiddlewareThatAnswers_whenItGoesOnOrAnswersAgain_thenNothingComesOfIt() {
        List<HttpMiddleware.Step> steps = new ArrayList<>();
        engine.server.use(step -> {
            steps.add(step);
            step.respond(HttpResponse.of(204));
            step.next();
        });

        InMemoryExchange answered = engine.upgrade(WEBSOCKET);

        assertThat(answered.response().status()).isEqualTo(204);
        assertThat(engine.events).isEmpty();
        assertThatThrownBy(() -> steps.get(0).respond(HttpResponse.of(200))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenCors_whenAPreflightComes_thenNoMiddlewareSeesIt() {
        TestEngine crossOrigin = new TestEngine(
                EngineOptions.builder().cors(CorsOptions.anyOrigin()).build());
        crossOrigin.server.use(step -> step.fail(new IllegalStateException("seen")));

        InMemoryExchange preflight = crossOrigin.serve(
                InMemoryExchange.request(crossOrigin.loop, "OPTIONS", POLLING, "Origin", "https://a.example"));

        assertThat(preflight.response().status()).isEqualTo(204);
    }

    @Test
    void givenAMiddleware_whenAWebTransportSessionComes_thenItIsRefused() {
        TestEngine streams = new TestEngine(EngineOptions.builder()
                .transports(TransportType.POLLING, TransportType.WEBTRANSPORT)
                .build());
        streams.server.use(HttpMiddleware.Step::next);
        InMemoryWebTransport client = new InMemoryWebTransport(streams.loop, "/engine.io/");

        streams.loop.call(() -> streams.server.onWebTransportSession(client));

        assertThat(client.isAccepted()).isFalse();
        assertThat(client.refusal().orElseThrow().status()).isEqualTo(400);
        assertThat(streams.errors.get(0).context()).containsEntry("name", "WEBTRANSPORT_WITH_MIDDLEWARE");
    }
}
