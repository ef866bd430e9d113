package io.parley.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.load.Messages.Answer;
import io.parley.testkit.Deadline;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flow over every wire, against our own server. */
class LoadTest {

    private static final int CLIENTS = 5;
    private static final Duration LONG = Duration.ofSeconds(20);

    private static ParleyServer server;

    @BeforeAll
    static void start() {
        server = new ParleyServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> exchanges() {
        Stream<Arguments> raw = Stream.of(
                Arguments.of("text", server.target("ws", "/echo"), Messages.text(64)),
                Arguments.of("short text", server.target("ws", "/echo"), Messages.text(8)),
                Arguments.of("binary", server.target("ws", "/echo"), Messages.binary(1000)),
                Arguments.of("long binary", server.target("ws", "/echo"), Messages.binary(1 << 20)),
                Arguments.of("deflate", server.target("ws", "/echo").deflate(true), Messages.text(1000)));
        Stream<Arguments> events = Stream.of(Wire.values())
                .filter(Wire::isSocketIo)
                .flatMap(wire -> Stream.of(
                                Messages.event("echo", 64),
                                Messages.event("echo", 70_000),
                                Messages.binaryEvent("echo", 64),
                                Messages.binaryEvent("echo", 1 << 20),
                                Messages.event("ask", 64).acknowledged(Answer.SAME),
                                Messages.binaryEvent("ask", 1000).acknowledged(Answer.SAME),
                                Messages.event("note", 64).acknowledged(Answer.ANY),
                                Messages.binaryEvent("note", 64).acknowledged(Answer.ANY))
                        .flatMap(messages -> Stream.of("/", "/stage")
                                .map(namespace -> Arguments.of(
                                        wire + " " + messages + " in " + namespace,
                                        server.target("http", namespace).wire(wire),
                                        messages))));
        return Stream.concat(raw, events);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void givenMessages_whenExchanged_thenEachIsAnswered(String name, Target.Builder target, Messages messages) {
        try (Load load = new Load(target.build())) {
            Figures connected = load.connect(CLIENTS);
            load.start(Flow.echo(messages, 3));
            boolean enough = load.runUntil(() -> load.figures().operations() >= 100, LONG);
            load.finish();

            Figures figures = load.figures();
            assertThat(connected.operations()).isEqualTo(CLIENTS);
            assertThat(connected.latency().count()).isEqualTo(CLIENTS);
            assertThat(enough).isTrue();
            assertThat(figures.operations()).isEqualTo(figures.sent());
            assertThat(figures.others()).isZero();
        }
    }

    /** What a machine without the native transport has: none of the build's is one. */
    @ParameterizedTest
    @EnumSource
    void givenNoNativeTransport_whenMessagesAreExchanged_thenEachIsAnswered(Wire wire) {
        Target.Builder target = wire.isSocketIo() ? server.target("http", "") : server.target("ws", "/echo");
        Messages messages = wire.isSocketIo() ? Messages.event("echo", 300_000) : Messages.text(300_000);
        try (Load load = new Load(target.wire(wire).build(), false)) {
            load.connect(CLIENTS);
            load.start(Flow.echo(messages, 3));
            boolean enough = load.runUntil(() -> load.figures().operations() >= 100, LONG);
            load.finish();

            assertThat(enough).isTrue();
            assertThat(load.figures().operations()).isEqualTo(load.figures().sent());
        }
    }

    static Stream<Arguments> broadcasts() {
        Stream<Arguments> raw = Stream.of(
                Arguments.of("raw", server.target("ws", "/broadcast"), Messages.text(64)),
                Arguments.of("raw deflate", server.target("ws", "/broadcast").deflate(true), Messages.text(64)));
        Stream<Arguments> events = Stream.of(Wire.values())
                .filter(Wire::isSocketIo)
                .map(wire -> Arguments.of(
                        wire.toString(), server.target("http", "/stage").wire(wire), Messages.event("all", 64)));
        return Stream.concat(raw, events);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broadcasts")
    void givenASender_whenItBroadcasts_thenEachMessageComesToAll(
            String name, Target.Builder target, Messages messages) {
        try (Load load = new Load(target.build())) {
            load.connect(CLIENTS);
            load.start(Flow.broadcast(messages, 1, 2));
            load.mark();
            boolean enough = load.runUntil(() -> load.figures().operations() >= 100, LONG);
            load.finish();

            assertThat(enough).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Wire.class, mode = EnumSource.Mode.EXCLUDE, names = "WEBSOCKET")
    void givenSeveralSenders_whenTheyBroadcastAtARate_thenAllIsDelivered(Wire wire) {
        try (Load load = new Load(server.target("http", "/stage").wire(wire).build())) {
            load.connect(CLIENTS);
            load.start(Flow.broadcastAtRate(Messages.event("all", 64), 3, 2000));
            boolean enough = load.runUntil(() -> load.figures().sent() >= 100, LONG);
            load.finish();

            Figures figures = load.figures();
            assertThat(enough).isTrue();
            assertThat(figures.operations()).isGreaterThanOrEqualTo(100L * CLIENTS);
            assertThat(figures.latency().count()).isEqualTo(figures.operations());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenARate_whenExchanged_thenEachIsAnswered(Wire wire) {
        Target.Builder target = wire.isSocketIo() ? server.target("http", "") : server.target("ws", "/echo");
        try (Load load = new Load(target.wire(wire).build())) {
            load.connect(CLIENTS);
            load.start(Flow.echoAtRate(wire.isSocketIo() ? Messages.event("echo", 64) : Messages.text(64), 2000));
            boolean enough = load.runUntil(() -> load.figures().operations() >= 100, LONG);
            load.finish();

            assertThat(enough).isTrue();
            assertThat(load.figures().operations()).isEqualTo(load.figures().sent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenAStorm_whenClientsComeAndGo_thenNoneStays(Wire wire) {
        Target.Builder target = wire.isSocketIo() ? server.target("http", "") : server.target("ws", "/echo");
        try (Load load = new Load(target.wire(wire).build())) {
            load.start(Flow.connects(3));
            boolean enough = load.runUntil(() -> load.figures().operations() >= 20, LONG);
            load.finish();

            assertThat(enough).isTrue();
            assertThat(load.clients()).isZero();
            Deadline.await("all have left", () -> server.sockets() == 0);
        }
    }

    @Test
    void givenFlows_whenOneIsFinished_thenAnotherBegins() {
        try (Load load = new Load(server.target("http", "").build())) {
            load.connect(2);
            load.start(Flow.once(Messages.event("echo", 100)));
            load.finish();
            load.connect(1);
            load.mark();
            load.start(Flow.once(Messages.event("note", 10).acknowledged(Answer.ANY)));
            load.finish();

            assertThat(load.clients()).isEqualTo(3);
            assertThat(load.figures().operations()).isEqualTo(3);
            assertThat(load.figures().bytesSent()).isEqualTo(3L * (6 + "421048576[\"note\",\"0123456789\"]".length()));
        }
    }

    @Test
    void givenAFlow_whenAnotherIsStarted_thenItSaysWhatToDo() {
        try (Load load = new Load(server.target("http", "").build())) {
            load.connect(1);
            load.start(Flow.echo(Messages.event("echo", 100), 1));

            assertThatThrownBy(() -> load.connect(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("connect() while a flow is under way (expected: after finish())");
        }
    }

    @Test
    void givenTooMuch_whenStarted_thenItSaysHowMuchThereMayBe() {
        try (Load load = new Load(server.target("http", "").build())) {
            load.connect(2);

            assertThatThrownBy(() -> load.start(Flow.echo(Messages.event("echo", 100), Limits.MAX_UNDER_WAY)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("messages under way: 2097152 (expected: at most 1048576 of 100 bytes)");
            assertThatThrownBy(() -> load.start(Flow.broadcast(Messages.event("all", 100), 3, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clients: 2 (expected: at least 3; connect them first)");
            assertThatThrownBy(() -> load.start(Flow.once(Messages.text(100))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("messages: TEXT of 100 bytes over SOCKETIO_WEBSOCKET (expected: events)");
            assertThatThrownBy(() -> load.connect(Limits.MAX_CONNECTIONS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clients: 100000 (expected: 1 to 99998)");
        }
    }
}
