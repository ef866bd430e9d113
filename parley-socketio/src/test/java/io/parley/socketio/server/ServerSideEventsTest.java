package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Ack;
import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.adapter.InMemoryAdapter;
import io.parley.socketio.adapter.LocalNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSideEventsTest {

    private final List<LocalNamespace> cluster = new ArrayList<>();
    private final TestServer one = new TestServer(options -> options.adapter(Linked::new));
    private final TestServer two = new TestServer(options -> options.adapter(Linked::new));
    private final TestServer three = new TestServer(options -> options.adapter(Linked::new));
    private final List<String> log = new ArrayList<>();

    @Test
    void givenThreeServers_whenOneEmitsToTheOthers_thenTheirHandlersHearAndItsOwnDoNot() {
        one.io.onServerSide("hi", (args, ack) -> log.add("one"));
        two.io.onServerSide("hi", (args, ack) -> log.add("two " + args.string(0) + ack.isRequested()));
        three.io.sockets().onServerSide("hi", (args, ack) -> log.add("three " + args.size()));
        three.io.of("/other").onServerSide("hi", (args, ack) -> log.add("other"));
        TestClient client = two.connected();

        one.io.serverSideEmit("hi", "a", 2);
        one.io.serverSideEmit("unheard");

        assertThat(log).containsExactly("two afalse", "three 2");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void givenThreeServers_whenOneAsksTheOthers_thenEachAnswersOnce() {
        two.io.onServerSide("count", (args, ack) -> {
            ack.send(2);
            ack.send("never");
        });
        three.io.onServerSide("count", (args, ack) -> ack.send(3));

        CompletableFuture<List<Arguments>> answers = one.io.serverSideEmitWithAck("count");

        assertThat(answers).isCompleted();
        assertThat(answers.join()).extracting(answer -> answer.integer(0)).containsExactly(2, 3);
    }

    @Test
    void givenEventsThatWereDeclared_whenOneServerSendsThem_thenTheOthersHandleAndAnswerThem() {
        Event<String> hi = Event.of("hi", String.class);
        AckEvent<Integer, Integer> twice = AckEvent.of("twice", Integer.class, Integer.class);
        ValueHandler<String> heard = name -> log.add("hi " + name);
        two.io.onServerSide(hi, heard).onServerSide(twice, number -> 2 * number);
        three.io.onServerSide(hi, heard).onServerSide(twice, number -> 2 * number);
        three.io.sockets().offServerSide("hi", heard);

        one.io.serverSideEmit(hi, "a");
        one.io.serverSideEmit("hi", 1); // does not fit
        CompletableFuture<List<Integer>> answers = one.io.serverSideEmitWithAck(twice, 21);

        assertThat(log).containsExactly("hi a");
        assertThat(answers).isCompletedWithValue(List.of(42, 42));
    }

    @Test
    void givenAHandlerThatThrows_whenAnotherServerEmits_thenTheOthersRun() {
        EventHandler removed = (args, ack) -> log.add("removed");
        two.io.onServerSide("hi", (args, ack) -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        two.io.sockets().onServerSide("hi", removed).offServerSide("hi", removed);
        two.io.onServerSide("hi", (args, ack) -> log.add("second"));

        one.io.serverSideEmit("hi");

        assertThat(log).containsExactly("second");
    }

    @Test
    void givenAServerAlone_whenItAsksTheOthers_thenThereAreNoAnswersAtOnce() {
        TestServer alone = new TestServer();
        alone.io.onServerSide("hi", (args, ack) -> log.add("never"));

        alone.io.serverSideEmit("hi");

        assertThat(alone.io.serverSideEmitWithAck("hi")).isCompletedWithValue(List.of());
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connection", "new_namespace"})
    void givenAReservedName_whenUsedBetweenServers_thenItIsRefused(String name) {
        String message = "\"" + name + "\" is a reserved event name";

        assertThatThrownBy(() -> one.io.serverSideEmit(name)).hasMessage(message);
        assertThatThrownBy(() -> one.io.serverSideEmitWithAck(name)).hasMessage(message);
        assertThatThrownBy(() -> one.io.onServerSide(name, (args, ack) -> {})).hasMessage(message);
    }

    /** Servers of one process that send each other events, and nothing else. */
    private final class Linked extends ForwardingAdapter {

        private final LocalNamespace own;

        Linked(LocalNamespace own) {
            super(new InMemoryAdapter(own));
            this.own = own;
            cluster.add(own);
        }

        private List<LocalNamespace> others() {
            return cluster.stream()
                    .filter(other -> !other.equals(own) && other.name().equals(own.name()))
                    .toList();
        }

        @Override
        public void serverSideEmit(String event, Arguments arguments) {
            others().forEach(other -> other.onServerSideEvent(event, arguments, new Collector(List.of(), false)));
        }

        @Override
        public CompletableFuture<List<Arguments>> serverSideEmitWithAck(String event, Arguments arguments) {
            List<Arguments> answers = new ArrayList<>();
            others().forEach(other -> other.onServerSideEvent(event, arguments, new Collector(answers, true)));
            return CompletableFuture.completedFuture(answers);
        }
    }

    private record Collector(List<Arguments> answers, boolean isRequested) implements Ack {

        @Override
        public void send(Object... values) {
            answers.add(Arguments.of(values));
        }
    }
}
