package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Event;
import io.parley.socketio.MismatchException;
import io.parley.socketio.Signature;
import io.parley.testkit.GuideCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the guide to typed events shows, running; and that the guide shows just that. */
@NullMarked
class TypedEventsGuideTest {

    private static final Path GUIDE = Path.of("../docs/typed-events.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/TypedEventsGuideTest.java");

    record Item(String name, double price) {}

    record Order(
            String customer,
            List<Item> items,
            Optional<String> note,
            @Nullable Instant due) {}

    static final Event<Order> ORDERED = Event.of("ordered", Order.class);
    static final AckEvent<Order, Integer> BUY = AckEvent.of("buy", Order.class, Integer.class);

    record Move(int x, int y, @Nullable String note) {}

    record Outcome(boolean legal, List<String> reasons) {}

    static final AckEvent<Move, Outcome> MOVE =
            AckEvent.of("move", Signature.ofComponents(Move.class), Signature.ofComponents(Outcome.class));

    record Price(double amount) {
        Price {
            if (amount < 0) {
                throw new IllegalArgumentException("amount: " + amount + " (expected: 0 or more)");
            }
        }
    }

    static final AckEvent<Order, Integer> BUY_SOMETHING = BUY.check(order -> {
        if (order.items().isEmpty()) {
            throw MismatchException.of("/items", "is empty (expected: at least one)");
        }
    });

    private final TestServer server = new TestServer();
    private final SocketIoServer io = server.io;

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSizeGreaterThan(6);
    }

    @Test
    void givenAnOrder_whenBought_thenAnsweredAndToldToAll() {
        io.onConnection(socket -> socket.on(BUY, order -> {
            io.emit(ORDERED, order);
            return order.items().size(); // the acknowledgement
        }));
        TestClient client = server.connected();

        client.send("21[\"buy\",{\"customer\":\"ann\",\"items\":[{\"name\":\"pen\",\"price\":1.5}]}]");

        assertThat(client.received())
                .containsExactly(
                        "2[\"ordered\",{\"customer\":\"ann\",\"items\":[{\"name\":\"pen\",\"price\":1.5}],"
                                + "\"note\":null,\"due\":null}]",
                        "31[1]");
    }

    @Test
    void givenAMove_whenMade_thenTheAnswerHasTwoArguments() {
        TestClient client = server.connected();
        Socket socket = server.last();
        socket.on(MOVE, move -> new Outcome(move.x() < 8, List.of()));

        client.send("21[\"move\",3,4]");

        assertThat(client.received()).containsExactly("31[true,[]]");
    }

    @Test
    void givenAWayOfItsOwn_whenArgumentsDoNotFit_thenTheClientGetsThatAnswer() {
        SocketIoOptions options = SocketIoOptions.builder()
                .invalidArguments(
                        (socket, error, ack) -> ack.send(Map.of("status", "bad request", "field", error.path())))
                .build();
        TestServer other = new TestServer(builder -> builder.invalidArguments(options.invalidArguments()));
        TestClient client = other.connected();
        other.last().on(BUY, order -> 1);

        client.send("21[\"buy\",{\"customer\":1}]");

        assertThat(client.received()).singleElement().asString().contains("\"field\":\"/customer\"");
    }

    @Test
    void givenChecks_whenTheyRefuse_thenTheClientIsToldWhere() {
        TestClient client = server.connected();
        server.last().on(BUY_SOMETHING, order -> 1).on("price", Price.class, price -> {});

        client.send("21[\"buy\",{\"customer\":\"ann\",\"items\":[]}]", "22[\"price\",{\"amount\":-1}]");

        assertThat(client.received())
                .satisfiesExactly(
                        first -> assertThat(first).contains("/items is empty (expected: at least one)"),
                        second -> assertThat(second).contains("argument 0: amount: -1.0 (expected: 0 or more)"));
    }
}
