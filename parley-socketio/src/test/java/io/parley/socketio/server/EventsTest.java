package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Ack;
import io.parley.socketio.AckEvent;
import io.parley.socketio.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final Event<Say> SAY = Event.of("say", Say.class);
    private static final Event<Void> STOP = Event.of("stop", Void.class);
    private static final AckEvent<Say, Integer> COUNT = AckEvent.of("count", Say.class, Integer.class);
    private static final AckEvent<Void, Void> TOUCH = AckEvent.of("touch", Void.class, Void.class);

    record Say(String room, String text) {}

    private final TestServer server = new TestServer();
    private final List<CompletableFuture<?>> pending = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private TestClient client;
    private Socket socket;

    @BeforeEach
    void connect() {
        client = server.connected();
        socket = server.last();
        server.io.onError((failed, event, error) -> log.add("error in " + event + ": " + error.getMessage()));
    }

    // --- in

    @Test
    void givenSeveralHandlers_whenAnEventComes_thenEachRunsInOrder() {
        socket.on("hi", (args, ack) -> log.add("1 " + args.string(0) + args.integer(1)));
        socket.on("hi", (args, ack) -> log.add("2"));
        socket.on("other", (args, ack) -> log.add("never"));

        client.send("2[\"hi\",\"a\",7]");

        assertThat(log).containsExactly("1 a7", "2");
    }

    @Test
    void givenEventsInARow_whenHandled_thenInOrder() {
        socket.on("n", Integer.class, n -> log.add("" + n));

        client.send("2[\"n\",1]", "2[\"n\",2]", "2[\"n\",3]");

        assertThat(log).containsExactly("1", "2", "3");
    }

    @Test
    void givenOnce_whenTwoEventsCome_thenRunsOnce() {
        socket.once("hi", (args, ack) -> log.add("once"));

        client.send("2[\"hi\"]", "2[\"hi\"]");

        assertThat(log).containsExactly("once");
    }

    @Test
    void givenOff_whenAnEventComes_thenTheRemovedHandlersDoNotRun() {
        ValueHandler<String> typed = text -> log.add("typed");
        EventHandler plain = (args, ack) -> log.add("plain");
        socket.on("hi", String.class, typed).on("hi", plain).on("bye", plain);

        socket.off("hi", typed);
        client.send("2[\"hi\",\"a\"]");
        socket.off("hi");
        client.send("2[\"hi\",\"a\"]", "2[\"bye\"]");

        assertThat(log).containsExactly("plain", "plain");
    }

    @Test
    void givenADeclaredEvent_whenItComes_thenHandledAsItsType() {
        socket.on(SAY, say -> log.add(say.room() + ": " + say.text()));
        socket.on(STOP, nothing -> log.add("stop"));

        client.send("2[\"say\",{\"room\":\"lobby\",\"text\":\"hi\"}]", "2[\"stop\"]");

        assertThat(log).containsExactly("lobby: hi", "stop");
    }

    @Test
    void givenBinary_whenItComes_thenHandledAsBytes() {
        socket.on("file", (args, ack) -> log.add(args.string(0) + args.bytes(1).length));

        client.send("51-[\"file\",\"a\",{\"_placeholder\":true,\"num\":0}]").sendBinary((byte) 1, (byte) 2);

        assertThat(log).containsExactly("a2");
    }

    @Test
    void givenAWrongArgument_whenHandled_thenTheClientsMistakeOnly() {
        socket.on("n", Integer.class, n -> log.add("never"));
        socket.on("n", (args, ack) -> log.add(args.string(0)));

        client.send("2[\"n\",\"text\"]", "2[\"n\"]");

        assertThat(log).containsExactly("text");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenAHandlerThatThrows_whenOthersFollow_thenTheyRunAndTheErrorIsTold() {
        socket.on("hi", (args, ack) -> {
            throw new java.io.IOException("thrown on purpose by a test");
        });
        socket.on("hi", (args, ack) -> log.add("next handler"));
        socket.on("bye", (args, ack) -> {
            throw new AssertionError("thrown on purpose by a test");
        });

        client.send("2[\"hi\"]", "2[\"bye\"]", "2[\"hi\"]");

        assertThat(log)
                .containsExactly(
                        "error in hi: thrown on purpose by a test",
                        "next handler",
                        "error in bye: thrown on purpose by a test",
                        "error in hi: thrown on purpose by a test",
                        "next handler");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void givenAnErrorListenerThatThrows_whenAHandlerFails_thenTheOthersHear() {
        server.io.onError((failed, event, error) -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        server.io.onError((failed, event, error) -> log.add("last"));
        socket.on("hi", (args, ack) -> {
            throw new IllegalStateException("handler");
        });

        client.send("2[\"hi\"]");

        assertThat(log).containsExactly("error in hi: handler", "last");
    }

    @Test
    void givenSend_whenAMessageComes_thenItIsTheEventOfThatName() {
        socket.on("message", (args, ack) -> log.add(args.string(0)));

        client.send("2[\"message\",\"hello\"]");
        socket.send("back", 2);

        assertThat(log).containsExactly("hello");
        assertThat(client.received()).containsExactly("2[\"message\",\"back\",2]");
    }

    // --- acknowledgements to the client

    @Test
    void givenAnEventThatAsks_whenAcknowledged_thenSentOnce() {
        socket.on("sum", (args, ack) -> {
            log.add("" + ack.isRequested());
            ack.send(args.integer(0) + args.integer(1), "x");
            ack.send("again");
        });

        client.send("212[\"sum\",1,2]", "2[\"sum\",3,4]");

        assertThat(log).containsExactly("true", "false");
        assertThat(client.received()).containsExactly("312[3,\"x\"]");
    }

    @Test
    void givenABinaryAnswer_whenAcknowledged_thenItTravelsAsAttachment() {
        socket.on("file", (args, ack) -> ack.send(new byte[] {1, 2}));

        client.send("20[\"file\"]");

        assertThat(client.received()).containsExactly("61-0[{\"_placeholder\":true,\"num\":0}]", "0x0102");
    }

    @Test
    void givenNoHandler_whenAnEventAsks_thenNoAnswer() {
        client.send("20[\"nobody\"]");

        assertThat(client.received()).isEmpty();
    }

    @Test
    void givenAnAnswerThatCannotBeSent_whenSent_thenThrowsAndAnotherMayFollow() {
        socket.on("x", (args, ack) -> {
            assertThatThrownBy(() -> ack.send(tooManyAttachments())).isInstanceOf(IllegalArgumentException.class);
            ack.send("ok");
        });

        client.send("20[\"x\"]");

        assertThat(client.received()).containsExactly("30[\"ok\"]");
        assertThat(log).isEmpty();
    }

    private static Object[] tooManyAttachments() {
        Object[] values = new Object[11];
        java.util.Arrays.fill(values, new byte[1]);
        return values;
    }

    @Test
    void givenAResponder_whenAsked_thenItsValueIsTheAnswer() {
        socket.on(COUNT, say -> say.text().length());
        socket.on(TOUCH, nothing -> {
            log.add("touched");
            return null;
        });

        client.send("21[\"count\",{\"room\":\"a\",\"text\":\"four\"}]", "22[\"touch\"]", "2[\"touch\"]");

        assertThat(client.received()).containsExactly("31[4]", "32[]");
        assertThat(log).containsExactly("touched", "touched");
    }

    @Test
    void givenAResponderThatThrows_whenAsked_thenNoAnswer() {
        socket.on(COUNT, say -> {
            throw new IllegalStateException("no database");
        });

        client.send("21[\"count\",{\"room\":\"a\",\"text\":\"four\"}]");

        assertThat(client.received()).isEmpty();
        assertThat(log).containsExactly("error in count: no database");
    }

    @Test
    void givenAnAckKept_whenSentAfterTheDisconnect_thenNothingHappens() {
        List<Ack> kept = new ArrayList<>();
        socket.on("later", (args, ack) -> kept.add(ack));
        client.send("21[\"later\"]");

        socket.disconnect();
        kept.get(0).send("too late");

        assertThat(client.received()).containsExactly("1");
    }

    // --- out

    @Test
    void givenValues_whenEmitted_thenTheyAreJson() {
        socket.emit("news", "a", 1, null, Map.of("x", true), new Say("r", "t"), List.of(1, 2));
        socket.emit("nothing");
        socket.emit(SAY, new Say("r", "t"));
        socket.emit(STOP, null);

        assertThat(client.received())
                .containsExactly(
                        "2[\"news\",\"a\",1,null,{\"x\":true},{\"room\":\"r\",\"text\":\"t\"},[1,2]]",
                        "2[\"nothing\"]",
                        "2[\"say\",{\"room\":\"r\",\"text\":\"t\"}]",
                        "2[\"stop\"]");
    }

    @Test
    void givenBytesAnywhere_whenEmitted_thenTheyAreAttachments() {
        socket.emit("file", Map.of("data", new byte[] {10}), new byte[] {11});

        assertThat(client.received())
                .containsExactly(
                        "52-[\"file\",{\"data\":{\"_placeholder\":true,\"num\":0}},{\"_placeholder\":true,\"num\":1}]",
                        "0x0a",
                        "0x0b");
    }

    @Test
    void givenAnEventThatIsOnlyRelayed_whenEmitted_thenItsArgumentsAreAsTheyCame() {
        socket.on("chat", (args, ack) -> socket.emit("chat", args.get(0)));

        client.send("2[\"chat\",{\"big\":12345678901234567890,\"b\":1.50}]");

        assertThat(client.received()).containsExactly("2[\"chat\",{\"big\":12345678901234567890,\"b\":1.50}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void givenAReservedName_whenEmittedOrHandled_thenThrows(String name) {
        String message = '"' + name + "\" is a reserved event name";

        assertThatThrownBy(() -> socket.emit(name)).hasMessage(message);
        assertThatThrownBy(() -> socket.emitWithAck(name)).hasMessage(message);
        assertThatThrownBy(() -> server.io.emit(name)).hasMessage(message);
        assertThatThrownBy(() -> server.io.emitWithAck(name)).hasMessage(message);
        assertThatThrownBy(() -> socket.on(name, (args, ack) -> {})).hasMessage(message);
        socket.emit("error", "is allowed");
        assertThat(client.received()).containsExactly("2[\"error\",\"is allowed\"]");
    }

    @Test
    void givenEmitsOfManyKinds_whenSentByOneThread_thenInOrder() {
        for (int i = 0; i < 100; i++) {
            socket.emit("a", i);
            server.io.emit("b", i);
            server.io.to(socket.id()).emit("c", i);
            pending.add(socket.emitWithAck("d", i));
        }

        List<String> received = client.received();
        assertThat(received).hasSize(400);
        for (int i = 0; i < 100; i++) {
            assertThat(received.get(4 * i)).isEqualTo("2[\"a\"," + i + "]");
            assertThat(received.get(4 * i + 1)).isEqualTo("2[\"b\"," + i + "]");
            assertThat(received.get(4 * i + 2)).isEqualTo("2[\"c\"," + i + "]");
            assertThat(received.get(4 * i + 3)).isEqualTo("2" + i + "[\"d\"," + i + "]");
        }
    }

    @Test
    void givenASlowClient_whenVolatile_thenDroppedAndCounted() {
        client.slow(true);

        socket.asVolatile().emit("a");
        server.io.asVolatile().emit("b");
        socket.emit("c");
        client.received();
        client.slow(false);
        socket.asVolatile().emit("d");

        assertThat(client.received()).containsExactly("2[\"d\"]");
        assertThat(server.io.volatileDropped()).isEqualTo(2);
    }

    // --- catch-all

    @Test
    void givenCatchAllListeners_whenEventsCome_thenTheyHearFirstAndInOrder() {
        AnyEventListener removed = (event, args) -> log.add("removed");
        socket.on("hi", (args, ack) -> log.add("handler"));
        socket.use(event -> log.add("middleware"));
        socket.onAny((event, args) -> log.add("any " + event + args.size()));
        socket.prependAny((event, args) -> log.add("before"));
        socket.onAny(removed).offAny(removed);

        client.send("2[\"hi\",1]", "2[\"unheard\"]");
        socket.offAny();
        client.send("2[\"hi\",1]");

        assertThat(log)
                .containsExactly(
                        "before",
                        "any hi1",
                        "middleware",
                        "handler",
                        "before",
                        "any unheard0",
                        "middleware",
                        "middleware",
                        "handler");
    }

    @Test
    void givenAListenerThatWasAddedTwice_whenItIsRemoved_thenOneStaysAndTheListsSaySo() {
        AnyEventListener twice = (event, args) -> log.add("twice");
        AnyEventListener once = (event, args) -> log.add("once");

        socket.onAny(twice).onAny(twice).prependAny(once).offAny(twice);
        socket.onAnyOutgoing(twice).prependAnyOutgoing(once);

        assertThat(socket.listenersAny()).containsExactly(once, twice);
        assertThat(socket.listenersAnyOutgoing()).containsExactly(once, twice);
        assertThat(socket.offAny().offAnyOutgoing().listenersAny()).isEmpty();
        assertThat(socket.listenersAnyOutgoing()).isEmpty();
    }

    @Test
    void givenOutgoingListeners_whenSent_thenTheyHearOfEmitsAndBroadcastsButNotOfAcks() {
        AnyEventListener removed = (event, args) -> log.add("removed");
        socket.onAnyOutgoing((event, args) -> log.add(event + args.size()));
        socket.prependAnyOutgoing((event, args) -> log.add("before " + event));
        socket.onAnyOutgoing(removed).offAnyOutgoing(removed);
        socket.on("ask", (args, ack) -> ack.send());

        socket.emit("a", 1);
        server.io.emit("b");
        client.send("20[\"ask\"]");
        socket.offAnyOutgoing();
        socket.emit("c");

        assertThat(client.received()).containsExactly("2[\"a\",1]", "2[\"b\"]", "30[]", "2[\"c\"]");
        assertThat(log).containsExactly("before a", "a1", "before b", "b0");
    }

    // --- middleware

    @Test
    void givenAMiddleware_whenItReplacesTheEvent_thenTheNewOneIsHandled() {
        socket.use(event -> {
            log.add(event.name() + event.arguments().size() + event.isAckRequested());
            event.replace("bye", "new", 2);
        });
        socket.on("hi", (args, ack) -> log.add("never"));
        socket.on("bye", (args, ack) -> ack.send(args.string(0)));

        client.send("20[\"hi\",1]");

        assertThat(log).containsExactly("hi1true");
        assertThat(client.received()).containsExactly("30[\"new\"]");
    }

    @Test
    void givenAMiddlewareThatThrows_whenAnEventComes_thenDroppedAndTheSocketHears() {
        socket.use(event -> {
            throw new IllegalArgumentException("not allowed");
        });
        socket.use(event -> log.add("never"));
        socket.on("hi", (args, ack) -> log.add("never"));
        socket.onError(error -> log.add("socket: " + error.getMessage()));

        client.send("2[\"hi\"]");

        assertThat(log).containsExactly("socket: not allowed");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void givenData_whenKept_thenItStaysWithTheSocket() {
        socket.data().put("name", "ann");

        assertThat(server.io.sockets().sockets().get(socket.id()).data()).containsEntry("name", "ann");
        assertThat(socket).hasToString("Socket[" + socket.id() + " in /]");
    }
}
