package io.parley.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.load.Messages.Answer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
                .filter(wire -> wire == Wire.SOCKETIO_WEBSOCKET)
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
}
