package io.parley.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.load.Messages.Answer;
import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything against socket.io and ws of Node. */
class OfficialServerIT {

    private static final int CLIENTS = 3;
    private static final int ENOUGH = 30;

    private static NodePeer server;
    private static String port;

    @BeforeAll
    static void start() {
        server = NodePeer.start(Path.of("src/test/node/official-server.cjs"));
        port = String.valueOf(((Number) server.call("port")).intValue());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> flows() {
        Stream<Arguments> raw = Stream.of("", "-deflate")
                .flatMap(suffix -> Stream.of(
                        Arguments.of(raw("/echo" + suffix), Flow.echo(Messages.text(64), 2)),
                        Arguments.of(raw("/echo" + suffix), Flow.echo(Messages.binary(70_000), 2)),
                        Arguments.of(raw("/broadcast" + suffix), Flow.broadcast(Messages.text(64), 1, 2))));
        Stream<Arguments> events = Stream.of(Wire.values())
                .filter(Wire::isSocketIo)
                .flatMap(wire -> Stream.of("", "/stage").flatMap(namespace -> flowsOfEvents()
                        .map(flow -> Arguments.of(
                                Target.builder("http://127.0.0.1:" + port + namespace)
                                        .wire(wire)
                                        .build(),
                                flow))));
        return Stream.concat(raw, events);
    }

    private static Stream<Flow> flowsOfEvents() {
        return Stream.of(
                Flow.echo(Messages.event("echo", 64), 2),
                Flow.echo(Messages.binaryEvent("echo", 1 << 20), 1),
                Flow.echoAtRate(Messages.event("ask", 64).acknowledged(Answer.SAME), 1000),
                Flow.echo(Messages.binaryEvent("ask", 1000).acknowledged(Answer.SAME), 2),
                Flow.echo(Messages.binaryEvent("note", 1000).acknowledged(Answer.ANY), 2),
                Flow.broadcast(Messages.event("all", 64), 2, 2),
                Flow.broadcastAtRate(Messages.binaryEvent("all", 64), 1, 1000));
    }

    private static Target raw(String path) {
        return Target.builder("ws://127.0.0.1:" + port + path)
                .deflate(path.endsWith("deflate"))
                .build();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void givenAFlow_whenItRuns_thenAllArrives(Target target, Flow flow) {
        try (Load load = new Load(target)) {
            load.connect(CLIENTS);
            load.start(flow);
            boolean enough = load.runUntil(() -> load.figures().operations() >= ENOUGH, Deadline.LIMIT);
            load.finish();

            assertThat(enough).isTrue();
            assertThat(load.figures().others()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Wire.class, mode = EnumSource.Mode.EXCLUDE, names = "WEBSOCKET")
    void givenAStorm_whenClientsComeAndGo_thenNoneStays(Wire wire) {
        try (Load load =
                new Load(Target.builder("http://127.0.0.1:" + port).wire(wire).build())) {
            load.start(Flow.connects(4));
            boolean enough = load.runUntil(() -> load.figures().operations() >= ENOUGH, Deadline.LIMIT);
            load.finish();

            assertThat(enough).isTrue();
            assertThat(load.figures().latency().count())
                    .isEqualTo(load.figures().operations());
        }
    }
}
