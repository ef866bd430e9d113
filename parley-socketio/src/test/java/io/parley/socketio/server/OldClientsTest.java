package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.adapter.ConnectionStateRecovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature table, section 3.3: clients of Socket.IO 2, over sessions of Engine.IO 3. */
class OldClientsTest {

    private final TestServer server = new TestServer(options -> options.engine(engine -> engine.allowEIO3(true)));

    @Test
    void givenOldClientsNotAllowed_whenOneComes_thenItGetsNoSession() {
        TestServer other = new TestServer();

        assertThatThrownBy(other::oldClient).hasMessageContaining("Unsupported protocol version");
    }

    @Test
    void givenAClient_whenItsSessionIsOpen_thenItIsInTheMainNamespaceUnasked() {
        TestClient client = server.oldClient();

        assertThat(client.received()).containsExactly("0");
        assertThat(server.sockets).hasSize(1);
        assertThat(server.last().handshake().auth().json()).isEqualTo("{}");
    }

    @Test
    void givenAHandlerThatEmitsAtOnce_whenAClientComes_thenTheConnectPacketIsFirst() {
        server.io.onConnection(socket -> socket.emit("hello", 1));

        assertThat(server.oldClient().received()).containsExactly("0", "2[\"hello\",1]");
    }

    @Test
    void givenAClient_whenItJoins_thenTheIdOfItsSocketIsThatOfItsSession() {
        server.open("/admin");
        TestClient client = server.oldClient();
        String session = server.last().connection().id();
        assertThat(server.last().id()).isEqualTo(session);

        client.send("0/admin,");

        assertThat(client.received()).containsExactly("0", "0/admin,");
        assertThat(server.last().id()).isEqualTo("/admin#" + session);
        assertThat(server.last().rooms()).containsExactly("/admin#" + session);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0/admin?token=1,                | {\"token\":\"1\"}",
                "0/admin?token=1                 | {\"token\":\"1\"}",
                "0/admin?a=x%20y+z&b=%C3%BC%2C&a=2, | {\"a\":\"2\",\"b\":\"ü,\"}",
                "0/admin?,                       | {}",
                "0/admin?flag,                   | {\"flag\":\"\"}",
                "0/admin,{\"token\":1}           | {}",
                "0/admin,                        | {}",
            })
    void givenAQueryBehindTheNamespace_whenAClientJoins_thenItIsItsAuth(String packet, String auth) {
        server.open("/admin");
        TestClient client = server.oldClient();

        client.send(packet);

        assertThat(client.received()).containsExactly("0", "0/admin,");
        assertThat(server.last().namespace().name()).isEqualTo("/admin");
        assertThat(server.last().handshake().auth().json()).isEqualTo(auth);
    }

    @Test
    void givenANamespaceOfOtherLetters_whenAClientJoins_thenItIsTheOne() {
        server.open("/ü b");

        assertThat(server.oldClient().send("0/ü b?x=1,").received()).containsExactly("0", "0/ü b,");
        assertThat(server.last().namespace().name()).isEqualTo("/ü b");
    }

    @Test
    void givenANewClient_whenItSendsAQuery_thenItIsPartOfTheName() {
        server.open("/admin");
        TestClient client = server.connected();

        client.send("0/admin?token=1,");

        assertThat(client.received()).containsExactly("4/admin?token=1,{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void givenAnUnknownNamespace_whenAClientJoins_thenItIsToldAnObject() {
        TestClient client = server.oldClient();

        client.send("0/x?a=1,");

        assertThat(client.received()).containsExactly("0", "4/x,{\"message\":\"Invalid namespace\"}");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenAMiddleware_whenItRefusesWithoutData_thenTheClientIsToldTheMessage() {
        refuse("no \"entry\"", null);

        assertThat(joinAdmin()).containsExactly("0", "4/admin,\"no \\\"entry\\\"\"");
    }

    @Test
    void givenAMiddleware_whenItRefusesWithData_thenTheClientIsToldThem() {
        refuse("no", Map.of("a", 1));

        assertThat(joinAdmin()).containsExactly("0", "4/admin,{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource({"0, \"no\"", "1, 1", "'', \"no\"", "'text', \"text\""})
    void givenDataThatAreNothingInJavaScript_whenAMiddlewareRefuses_thenTheMessageIsTold(String data, String told) {
        boolean number = data.equals("0") || data.equals("1");
        refuse("no", number ? Integer.valueOf(data) : data);

        assertThat(joinAdmin()).containsExactly("0", "4/admin," + told);
    }

    @Test
    void givenAMiddlewareOfTheMainNamespace_whenItRefuses_thenTheClientIsInNoNamespaceAndThereforeClosedInTime() {
        server.io.use(socket -> {
            throw new ConnectionRefused("not here");
        });

        TestClient client = server.oldClient();

        assertThat(client.received()).containsExactly("4\"not here\"");
        assertThat(server.sockets).isEmpty();
        server.advance(Duration.ofSeconds(45));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenAMiddlewareOfTheMainNamespace_whenItEmits_thenThatComesBeforeTheConnectPacket() {
        server.io.use(socket -> socket.emit("early"));

        assertThat(server.oldClient().received()).containsExactly("2[\"early\"]", "0");
    }

    @Test
    void givenAClientInTheMainNamespace_whenItAsksForIt_thenItIsClosed() {
        TestClient client = server.oldClient();

        client.send("0");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenAClient_whenItLeavesAndAsksAgain_thenItsSocketHasTheSameId() {
        server.open("/admin");
        TestClient client = server.oldClient().send("0/admin,");
        String id = server.last().id();

        client.send("1/admin,", "0/admin,", "2/admin,[\"x\"]");

        assertThat(client.received()).containsExactly("0", "0/admin,", "0/admin,");
        assertThat(server.last().id()).isEqualTo(id);
        assertThat(server.io.of("/admin").sockets()).containsOnlyKeys(id);
        server.io.of("/admin").to(id).emit("you");
        assertThat(client.received()).containsExactly("2/admin,[\"you\"]");
    }

    @Test
    void givenTextAndBinary_whenTheyGoBothWays_thenOnlyTheTypeByteIsNew() {
        List<String> seen = new ArrayList<>();
        TestClient client = server.oldClient();
        server.last().on("up", (args, ack) -> {
            seen.add(args.string(0) + args.bytes(1)[0]);
            ack.send("got", new byte[] {9});
        });

        client.send("51-7[\"up\",\"a\",{\"_placeholder\":true,\"num\":0}]").sendBinary((byte) 4, (byte) 8);
        server.last().emit("down", new byte[] {1, 2});

        assertThat(seen).containsExactly("a8");
        assertThat(client.received())
                .containsExactly(
                        "0",
                        "61-7[\"got\",{\"_placeholder\":true,\"num\":0}]",
                        "0x0409",
                        "51-[\"down\",{\"_placeholder\":true,\"num\":0}]",
                        "0x040102");
    }

    @Test
    void givenACrowdOfOldAndNewClients_whenABroadcastGoesOut_thenEachGetsItsForm() {
        TestClient today = server.connected();
        TestClient yesterday = server.oldClient();
        yesterday.received();

        server.io.emit("all", new byte[] {5});

        String text = "51-[\"all\",{\"_placeholder\":true,\"num\":0}]";
        assertThat(today.received()).containsExactly(text, "0x05");
        assertThat(yesterday.received()).containsExactly(text, "0x0405");
    }

    @Test
    void givenAnAnswerThatIsAskedFor_whenItComes_thenItIsTheClients() {
        TestClient client = server.oldClient();
        List<String> answers = new ArrayList<>();
        var unused = server.last().emitWithAck("question").thenAccept(answer -> answers.add(answer.string(0)));

        client.send("30[\"answer\"]");

        assertThat(client.received()).containsExactly("0", "20[\"question\"]");
        assertThat(answers).containsExactly("answer");
    }

    @Test
    void givenAServerThatDisconnects_whenTheNamespaceOnly_thenTheSessionGoesOn() {
        server.open("/admin");
        TestClient client = server.oldClient().send("0/admin,");

        server.last().disconnect(false);

        assertThat(client.received()).containsExactly("0", "0/admin,", "1/admin,");
        assertThat(client.isClosed()).isFalse();
        server.sockets.get(0).disconnect(true);
        assertThat(client.received()).containsExactly("1");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenRecovery_whenAnOldClientIsLost_thenItIsToldNothingAndNothingIsKeptForIt() {
        TestServer recovering = new TestServer(options -> options.engine(engine -> engine.allowEIO3(true))
                .connectionStateRecovery(ConnectionStateRecovery.defaults()));
        List<String> rooms = new ArrayList<>();
        recovering.open("/a").onConnection(socket -> socket.onDisconnect(reason -> rooms.addAll(socket.rooms())));
        TestClient client = recovering.oldClient().send("0/a?pid=1&offset=2,");

        assertThat(client.received()).containsExactly("0", "0/a,");
        assertThat(recovering.last().recovered()).isFalse();
        client.lose();
        assertThat(recovering.io.of("/a").sockets()).isEmpty();
        assertThat(rooms).isEmpty();
    }

    private void refuse(String message, Object data) {
        server.open("/admin").use(socket -> {
            throw new ConnectionRefused(message, data);
        });
    }

    private List<String> joinAdmin() {
        return server.oldClient().send("0/admin,").received();
    }
}
