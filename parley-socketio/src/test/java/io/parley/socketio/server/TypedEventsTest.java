package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.AckEvent;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Event;
import io.parley.socketio.Signature;
import io.parley.socketio.TypeToken;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class TypedEventsTest {

    record Item(String name, double price) {

        Item {
            if (price < 0) {
                throw new IllegalArgumentException("price: " + price + " (expected: 0 or more)");
            }
        }
    }

    record Order(
            String customer,
            List<Item> items,
            Optional<String> note,
            @Nullable Instant due) {}

    record Move(int x, int y, @Nullable String note) {}

    record Outcome(boolean legal, List<String> reasons) {}

    @SuppressWarnings("ArrayRecordComponent") // what applications declare
    record Upload(String name, byte[] content, @Nullable ByteBuffer preview) {}

    private static final Event<Order> ORDER = Event.of("order", Order.class);
    private static final Event<Move> MOVED = Event.ofComponents("moved", Move.class);
    private static final AckEvent<Move, Outcome> MOVE =
            AckEvent.of("move", Signature.ofComponents(Move.class), Signature.ofComponents(Outcome.class));
    private static final AckEvent<Order, Integer> BUY = AckEvent.of("buy", Order.class, Integer.class);
    private static final AckEvent<Upload, Upload> UPLOAD = AckEvent.of("upload", Upload.class, Upload.class);
    private static final AckEvent<Void, Void> TOUCH = AckEvent.of("touch", Signature.none(), Signature.none());
    private static final AckEvent<Void, @Nullable String> NAME =
            AckEvent.of("name", Void.class, new TypeToken<@Nullable String>() {});

    private static final String ORDER_WITHOUT_PRICE = "{\"customer\":\"ann\",\"items\":[{\"name\":\"pen\"}]}";
    private static final String ERROR_WITHOUT_PRICE =
            "{\"error\":{\"code\":\"invalid_arguments\",\"message\":\"\\\"%s\\\": argument 0: /items/0/price is missing"
                    + " (expected: a number)\",\"event\":\"%s\",\"argument\":0,\"path\":\"/items/0/price\"}}";

    private final List<String> log = new ArrayList<>();
    private TestServer server = new TestServer();
    private TestClient client = server.connected();
    private Socket socket = server.last();

    private void serve(UnaryOperator<SocketIoOptions.Builder> change) {
        server = new TestServer(change);
        client = server.connected();
        socket = server.last();
    }

    // --- several arguments, several answers

    @Test
    void givenARecordOfArguments_whenTheEventComes_thenItIsOneValue() {
        socket.on(MOVED, move -> log.add(move.toString()));

        client.send("2[\"moved\",3,4]", "2[\"moved\",3,4,\"fast\"]");

        assertThat(log).containsExactly("Move[x=3, y=4, note=null]", "Move[x=3, y=4, note=fast]");
    }

    @Test
    void givenARecordOfArguments_whenEmitted_thenEachIsAnArgument() {
        socket.emit(MOVED, new Move(3, 4, "fast"));
        server.io.emit(MOVED, new Move(5, 6, null));

        assertThat(client.received()).containsExactly("2[\"moved\",3,4,\"fast\"]", "2[\"moved\",5,6,null]");
    }

    @Test
    void givenARecordOfAnswers_whenAsked_thenEachIsAnArgumentOfTheAcknowledgement() {
        socket.on(MOVE, move -> new Outcome(false, List.of("x is " + move.x())));

        client.send("21[\"move\",3,4]");

        assertThat(client.received()).containsExactly("31[false,[\"x is 3\"]]");
    }

    @Test
    void givenARecordOfAnswers_whenTheClientAnswers_thenItIsOneValue() throws Exception {
        CompletableFuture<Outcome> outcome = socket.emitWithAck(MOVE, new Move(3, 4, null));
        client.send("30[true,[]]");

        assertThat(client.received()).containsExactly("20[\"move\",3,4,null]");
        assertThat(outcome.get()).isEqualTo(new Outcome(true, List.of()));
    }

    @Test
    void givenNothingToSayAndNothingToAnswer_whenAsked_thenBothAreEmpty() throws Exception {
        socket.on(TOUCH, nothing -> null);
        CompletableFuture<Void> touched = socket.emitWithAck(TOUCH, null);

        client.send("21[\"touch\"]", "30[]");

        assertThat(client.received()).containsExactly("20[\"touch\"]", "31[]");
        assertThat(touched.get()).isNull();
    }

    @Test
    void givenAnAnswerThatMayBeNull_whenItIs_thenBothSidesSeeNull() throws Exception {
        socket.on(NAME, nothing -> null);
        CompletableFuture<@Nullable String> none = socket.emitWithAck(NAME, null);
        CompletableFuture<@Nullable String> some = socket.emitWithAck(NAME, null);

        client.send("21[\"name\"]", "30[null]", "31[\"ann\"]");

        assertThat(client.received()).containsExactly("20[\"name\"]", "21[\"name\"]", "31[null]");
        assertThat(none.get()).isNull();
        assertThat(some.get()).isEqualTo("ann");
    }

    @Test
    void givenBinaryInARecord_whenItGoesThereAndBack_thenItIsTheSame() throws Exception {
        socket.on(UPLOAD, upload -> new Upload(upload.name() + "!", upload.content(), null));
        CompletableFuture<Upload> answer =
                socket.emitWithAck(UPLOAD, new Upload("b", new byte[] {1}, ByteBuffer.wrap(new byte[] {2})));

        client.send("51-1[\"upload\",{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}]")
                .sendBinary((byte) 7);
        client.send("62-0[{\"name\":\"c\",\"content\":{\"_placeholder\":true,\"num\":1},"
                        + "\"preview\":{\"_placeholder\":true,\"num\":0}}]")
                .sendBinary((byte) 8)
                .sendBinary((byte) 9);

        assertThat(client.received())
                .containsExactly(
                        "52-0[\"upload\",{\"name\":\"b\",\"content\":{\"_placeholder\":true,\"num\":0},"
                                + "\"preview\":{\"_placeholder\":true,\"num\":1}}]",
                        "0x01",
                        "0x02",
                        "61-1[{\"name\":\"a!\",\"content\":{\"_placeholder\":true,\"num\":0},\"preview\":null}]",
                        "0x07");
        assertThat(answer.get().content()).containsExactly(9);
        assertThat(answer.get().preview()).isEqualTo(ByteBuffer.wrap(new byte[] {8}));
    }

    // --- arguments that do not fit

    @Test
    void givenWrongArguments_whenAnAnswerIsAwaited_thenItSaysWhere() {
        socket.on(BUY, order -> order.items().size());

        client.send("21[\"buy\"," + ORDER_WITHOUT_PRICE + "]");

        assertThat(client.received()).containsExactly("31[" + ERROR_WITHOUT_PRICE.formatted("buy", "buy") + "]");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void givenWrongArguments_whenNoAnswerIsAwaited_thenAnEventSaysWhere() {
        socket.on(ORDER, order -> log.add("never"));

        client.send("2[\"order\"," + ORDER_WITHOUT_PRICE + "]");

        assertThat(log).isEmpty();
        assertThat(client.received())
                .containsExactly("2[\"invalid_arguments\"," + ERROR_WITHOUT_PRICE.formatted("order", "order") + "]");
    }

    @Test
    void givenAMissingArgument_whenAHandlerAsksForIt_thenTheClientIsToldToo() {
        socket.on("say", (args, ack) -> log.add(args.string(1)));

        client.send("21[\"say\",\"hi\"]");

        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":{\"code\":\"invalid_arguments\",\"message\":\"\\\"say\\\": argument 1 is"
                                + " missing (expected: a string)\",\"event\":\"say\",\"argument\":1,\"path\":\"\"}}]");
    }

    @Test
    void givenAConstructorThatRefuses_whenTheEventComes_thenItsWordsAreTold() {
        socket.on(BUY, order -> 1);

        client.send("21[\"buy\",{\"customer\":\"ann\",\"items\":[{\"name\":\"pen\",\"price\":-1}]}]");

        assertThat(client.received())
                .singleElement()
                .asString()
                .contains("argument 0: /items/0: price: -1.0 (expected: 0 or more)", "\"path\":\"/items/0\"");
    }

    @Test
    void givenACheckThatRefuses_whenTheEventComes_thenNoArgumentIsToBlame() {
        socket.on(
                BUY.check(order -> {
                    if (order.items().isEmpty()) {
                        throw new IllegalArgumentException("nothing to buy");
                    }
                }),
                order -> 1);

        client.send("21[\"buy\",{\"customer\":\"ann\",\"items\":[]}]");

        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":{\"code\":\"invalid_arguments\",\"message\":\"\\\"buy\\\": nothing to buy\","
                                + "\"event\":\"buy\",\"argument\":null,\"path\":\"\"}}]");
    }

    @Test
    void givenWrongArguments_whenTheyCome_thenTheSocketsErrorHandlerAndTheCounterKnow() {
        socket.onError(error -> log.add(((ArgumentException) error).path()));
        socket.on(ORDER, order -> log.add("never"));

        client.send("2[\"order\"," + ORDER_WITHOUT_PRICE + "]", "2[\"order\"]");

        assertThat(log).containsExactly("/items/0/price", "");
        assertThat(server.io.invalidArguments()).isEqualTo(2);
    }

    @Test
    void givenSeveralHandlers_whenArgumentsAreWrongForAll_thenTheAnswerIsOne() {
        socket.on(BUY, order -> 1);
        socket.on(BUY, order -> 2);

        client.send("21[\"buy\"]");

        assertThat(client.received()).hasSize(1);
    }

    @Test
    void givenDrop_whenArgumentsAreWrong_thenTheClientIsToldNothing() {
        serve(options -> options.invalidArguments(InvalidArguments.DROP));
        socket.on(BUY, order -> 1);

        client.send("21[\"buy\"]", "2[\"buy\"]");

        assertThat(client.received()).isEmpty();
        assertThat(server.io.invalidArguments()).isEqualTo(2);
    }

    @Test
    void givenAWayOfItsOwn_whenArgumentsAreWrong_thenTheApplicationDecides() {
        serve(options -> options.invalidArguments((who, error, ack) -> {
            ack.send("bad " + error.event() + " at " + error.path());
            who.disconnect();
        }));
        socket.on(BUY, order -> 1);

        client.send("21[\"buy\"," + ORDER_WITHOUT_PRICE + "]");

        assertThat(client.received()).containsExactly("31[\"bad buy at /items/0/price\"]", "1");
    }

    @Test
    void givenAWayThatThrows_whenArgumentsAreWrong_thenItIsAMistakeOfTheServers() {
        serve(options -> options.invalidArguments((who, error, ack) -> {
            throw new java.io.IOException("thrown on purpose by a test");
        }));
        server.io.onError((who, event, error) -> log.add(event + ": " + error.getMessage()));
        socket.on(BUY, order -> 1);

        client.send("21[\"buy\"]");

        assertThat(log).containsExactly("buy: thrown on purpose by a test");
    }

    // --- answers that do not fit

    @Test
    void givenAWrongAnswer_whenItComes_thenTheFutureFailsAndSaysWhere() {
        CompletableFuture<Outcome> outcome = socket.emitWithAck(MOVE, new Move(3, 4, null));

        client.send("30[true,[1]]");

        assertThatThrownBy(outcome::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ArgumentException.class)
                .hasMessage("\"move\": acknowledgement: argument 1: /0 is a number: 1 (expected: a string)");
    }

    @Test
    void givenAWrongAnswer_whenABroadcastAsks_thenTheFutureFailsAndSaysWhere() {
        CompletableFuture<List<Integer>> counts =
                server.io.emitWithAck(BUY, new Order("ann", List.of(), Optional.empty(), null));

        client.send("30[\"three\"]");

        assertThatThrownBy(counts::get)
                .cause()
                .hasMessage("\"buy\": acknowledgement: argument 0 is a string: \"three\" (expected: an integer)");
    }
}
