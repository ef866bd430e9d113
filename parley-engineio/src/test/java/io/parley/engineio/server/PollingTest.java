package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.4. */
class PollingTest {

    private final TestEngine engine =
            new TestEngine(EngineOptions.builder().maxHttpBufferSize(1_000).build());
    private final String sid = connect();

    private String connect() {
        String id = engine.connectPolling();
        engine.takeEvents();
        return id;
    }

    @Test
    void givenAPollThatWaits_whenPacketsAreSent_thenThoseOfOneBatchLeaveTogether() {
        InMemoryExchange poll = engine.poll(sid);
        assertThat(poll.isAnswered()).isFalse();

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("a"));
            engine.socket.send(EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));
        });

        assertThat(poll.responseText()).isEqualTo("4a\u001ebAQIDBA==");
        assertThat(poll.response().headers())
                .hasToString("Content-Type: text/plain; charset=UTF-8\ncache-control: no-store\n");
    }

    @Test
    void givenNoPoll_whenPacketsAreSent_thenTheNextPollTakesThemInOrder() {
        engine.send("a");
        engine.send("b");
        assertThat(engine.socket.bufferedBytes()).isEqualTo(4);

        assertThat(engine.poll(sid).responseText()).isEqualTo("4a\u001e4b");
        assertThat(engine.socket.bufferedBytes()).isZero();
    }

    @Test
    void givenAPollThatWaits_whenMuchIsSent_thenItDoesNotWaitForTheEndOfTheBatch() {
        InMemoryExchange poll = engine.poll(sid);

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("x".repeat(64 * 1024)));
            assertThat(poll.isAnswered()).isTrue();
        });
    }

    @Test
    void givenNoPoll_whenAskedWhetherWritable_thenOnlyWhileAnEmptyPollWaits() {
        assertThat(engine.socket.isWritable()).isFalse();

        engine.poll(sid);
        assertThat(engine.socket.isWritable()).isTrue();

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("a"));
            assertThat(engine.socket.isWritable()).isFalse();
        });
        assertThat(engine.socket.isWritable()).isFalse();
    }

    @Test
    void givenPackets_whenPosted_thenTheyAreDeliveredInOrder() {
        InMemoryExchange posted = engine.push(sid, "4a\u001ebAQIDBA==\u001e4€");

        assertThat(engine.takeEvents()).containsExactly("text a", "binary 01020304", "text €");
        assertThat(posted.response().status()).isEqualTo(200);
        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(posted.response().headers()).hasToString("Content-Type: text/html\ncache-control: no-store\n");
    }

    @Test
    void givenPacketsWithoutMeaning_whenPosted_thenTheyAreIgnored() {
        InMemoryExchange posted = engine.push(sid, "0\u001e3\u001e5\u001e6\u001e4a");

        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("text a");
    }

    @Test
    void givenAPing_whenPosted_thenTheDirectionIsWrong() {
        engine.push(sid, "2");

        assertThat(engine.takeEvents()).containsExactly("closed: transport error (invalid heartbeat direction)");
    }

    @Test
    void givenABadPacket_whenPosted_thenWhatStandsBeforeItIsDelivered() {
        InMemoryExchange poll = engine.poll(sid);

        InMemoryExchange posted = engine.push(sid, "4a\u001e9\u001e4b");

        assertThat(engine.takeEvents())
                .containsExactly(
                        "text a", "closed: parse error (Packet type '9' (expected: '0' to '6', or 'b') in \"9\")");
        assertThat(posted.response().status()).isEqualTo(200);
        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(poll.responseText()).isEqualTo("1");
    }

    @Test
    void givenAnEmptyBody_whenPosted_thenParseError() {
        engine.push(sid, "");

        assertThat(engine.takeEvents())
                .containsExactly("closed: parse error (Packet: empty (expected: a type '0' to '6' first,"
                        + " or 'b' and base64))");
    }

    @Test
    void givenAPollThatWaits_whenAnotherComes_thenBothEndAndTheSessionToo() {
        InMemoryExchange first = engine.poll(sid);

        InMemoryExchange second = engine.poll(sid);

        assertThat(first.response().status()).isEqualTo(200);
        assertThat(first.responseText()).isEqualTo("1");
        assertThat(second.response().status()).isEqualTo(400);
        assertThat(second.responseText()).isEmpty();
        assertThat(engine.takeEvents()).containsExactly("closed: transport error (overlap from client)");
    }

    @Test
    void givenAPostUnderWay_whenAnotherComes_thenBothEndAndTheSessionToo() {
        InMemoryExchange first = InMemoryExchange.post(engine.loop, target(), "4a");
        InMemoryExchange second = InMemoryExchange.post(engine.loop, target(), "4b");

        engine.run(() -> {
            engine.server.handle(first);
            engine.server.handle(second);
        });

        assertThat(first.response().status()).isEqualTo(400);
        assertThat(second.response().status()).isEqualTo(400);
        assertThat(engine.takeEvents()).containsExactly("closed: transport error (data request overlap from client)");
    }

    @Test
    void givenABinaryBody_whenPosted_thenItIsRefusedAndTheSessionEnds() {
        InMemoryExchange posted = engine.post(target(), "4a", "Content-Type", "application/octet-stream");

        assertThat(posted.response().status()).isEqualTo(400);
        assertThat(posted.responseText()).isEmpty();
        assertThat(engine.takeEvents()).containsExactly("closed: transport error (invalid content)");
    }

    @Test
    void givenABodyOfTheLargestSize_whenPosted_thenItIsTaken() {
        assertThat(engine.push(sid, "4" + "x".repeat(999)).response().status()).isEqualTo(200);
    }

    @Test
    void givenABodyTooLarge_whenPosted_thenTheSessionSurvives() {
        InMemoryExchange posted = engine.push(sid, "4" + "x".repeat(1_000));

        assertThat(posted.response().status()).isEqualTo(413);
        assertThat(posted.responseText()).isEmpty();
        assertThat(engine.takeEvents()).isEmpty();
        assertThat(engine.push(sid, "4a").responseText()).isEqualTo("ok");
    }

    @Test
    void givenAnotherMethod_whenRequested_thenTheSessionSurvives() {
        InMemoryExchange put = engine.serve(InMemoryExchange.request(engine.loop, "PUT", target()));
        InMemoryExchange options = engine.serve(InMemoryExchange.request(engine.loop, "OPTIONS", target()));

        assertThat(put.response().status()).isEqualTo(500);
        assertThat(options.response().status()).isEqualTo(500);
        assertThat(put.responseText()).isEmpty();
        assertThat(engine.push(sid, "4a").responseText()).isEqualTo("ok");
    }

    @Test
    void givenAPollThatWaits_whenTheClientGoesAway_thenTheSessionEnds() {
        engine.poll(sid).abort();
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("closed: transport error (poll connection closed prematurely)");
    }

    @Test
    void givenAPostUnderWay_whenTheClientGoesAway_thenTheSessionEnds() {
        InMemoryExchange posted = InMemoryExchange.post(engine.loop, target(), "4a");
        posted.abort();

        engine.serve(posted);

        assertThat(engine.takeEvents())
                .contains("closed: transport error (data request connection closed prematurely)");
    }

    @Test
    void givenAPollThatWasAnswered_whenItsConnectionEnds_thenTheSessionGoesOn() {
        InMemoryExchange poll = engine.poll(sid);
        engine.send("a");

        poll.abort();
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenAPollThatWaits_whenTheClientCloses_thenItIsAnsweredWithNoop() {
        InMemoryExchange poll = engine.poll(sid);

        InMemoryExchange posted = engine.push(sid, "1\u001e4late");

        assertThat(poll.responseText()).isEqualTo("6");
        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("closed: transport close");
        assertThat(engine.poll(sid).responseText()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void givenAListenerThatThrows_whenAMessageArrives_thenTheSessionEndsAndTheRestIsDropped() {
        TestEngine other = new TestEngine();
        EngineServer server = EngineServer.create(
                EngineOptions.builder().generateId(request -> "id").build(),
                socket -> new FailingListener(other.events));
        other.run(() -> server.handle(InMemoryExchange.get(other.loop, TestEngine.PATH + "&transport=polling")));
        InMemoryExchange posted =
                InMemoryExchange.post(other.loop, TestEngine.PATH + "&transport=polling&sid=id", "4a\u001e4b");

        other.run(() -> server.handle(posted));

        assertThat(other.takeEvents()).containsExactly("closed: forced close (listener failed)");
        assertThat(posted.responseText()).isEqualTo("ok");
    }

    private String target() {
        return TestEngine.PATH + "&transport=polling&sid=" + sid;
    }
}
