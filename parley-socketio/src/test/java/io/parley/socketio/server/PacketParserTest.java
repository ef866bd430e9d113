package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.packet.JsonPacketParser;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketLimits;
import io.parley.socketio.packet.PacketParser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server with another parser than the default one. */
class PacketParserTest {

    private static final String CONNECT = "{\"type\":\"CONNECT\",\"nsp\":\"/\"}";

    private final PlainJsonParser parser = new PlainJsonParser(JsonCodec.standard());
    private final TestServer server = new TestServer(options -> options.parser((codec, limits) -> parser));

    @Test
    void givenAParserOfTheUsers_whenClientsTalk_thenItIsTheOnlyOneToBeAsked() {
        server.io.onConnection(socket -> socket.on("sum", (args, ack) -> ack.send(args.integer(0) + args.integer(1))));
        TestClient client = server.client().send(CONNECT);

        assertThat(client.received()).singleElement().asString().startsWith("{\"type\":\"CONNECT\",\"nsp\":\"/\"");
        client.send("{\"type\":\"EVENT\",\"nsp\":\"/\",\"id\":7,\"data\":[\"sum\",1,2]}");

        assertThat(client.received()).containsExactly("{\"type\":\"ACK\",\"nsp\":\"/\",\"id\":7,\"data\":[3]}");
    }

    @Test
    void givenAParserOfTheUsers_whenTheServerAsks_thenTheAnswerComes() {
        TestClient client = server.client().send(CONNECT);
        client.received();

        CompletableFuture<Arguments> answer = server.last().emitWithAck("how many?");
        client.received();
        client.send("{\"type\":\"ACK\",\"nsp\":\"/\",\"id\":0,\"data\":[12]}");

        assertThat(answer.join().integer(0)).isEqualTo(12);
    }

    @Test
    void givenManyClients_whenAnEventIsBroadcast_thenItIsEncodedOnce() {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add((i % 2 == 0 ? server.client() : server.clientElsewhere()).send(CONNECT));
        }
        clients.forEach(TestClient::received);
        int before = parser.encoded.get();

        server.io.emit("news", "fresh");

        assertThat(clients).allSatisfy(client -> assertThat(client.received())
                .containsExactly("{\"type\":\"EVENT\",\"nsp\":\"/\",\"id\":null,\"data\":[\"news\",\"fresh\"]}"));
        assertThat(parser.encoded.get()).isEqualTo(before + 1);
    }

    @Test
    void givenAPacketThatTheParserRefuses_whenItComes_thenTheConnectionEnds() {
        TestClient client = server.client().send(CONNECT, "{\"type\":\"EVENT\",\"nsp\":\"/\",\"data\":[]}");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenAParserThatFails_whenAPacketComes_thenOnlyThatConnectionEnds() {
        List<String> told = new ArrayList<>();
        TestServer failing = new TestServer(options -> options.parser(Failing::new));
        failing.io.onBadPacket((connection, cause) -> told.add(cause.getMessage()));
        TestClient client = failing.client().send("x\n");

        assertThat(client.isClosed()).isTrue();
        assertThat(told).containsExactly("The parser failed, java.lang.IllegalStateException, in \"x\\u000a\"");
    }

    @Test
    void givenAPacketUnderWay_whenTheConnectionEnds_thenTheDecoderIsDestroyed() {
        List<String> destroyed = new ArrayList<>();
        TestServer counting = new TestServer(options -> options.parser((codec, limits) -> new Failing(codec, limits) {
            @Override
            public Decoder decoder() {
                return new FailingDecoder() {
                    @Override
                    public Packet add(String text) {
                        return null; // there is more to come
                    }

                    @Override
                    public void destroy() {
                        destroyed.add("once");
                    }
                };
            }
        }));

        counting.client().send("x").lose();

        assertThat(destroyed).containsExactly("once");
    }

    @Test
    void givenMessagePack_whenClientsTalk_thenEachPacketIsOneBinaryMessage() {
        TestServer packed = new TestServer(options -> options.parser(MessagePackParser::new));
        packed.io.onConnection(socket -> {
            socket.on("echo", (args, ack) -> ack.send(args.get(0)));
            socket.emit("hello", new byte[] {1});
        });
        TestClient client = packed.client().sendBinary(bytes("83a47479706500a36e7370a12fa464617461d40000"));

        List<String> received = client.received();
        assertThat(received).hasSize(2);
        assertThat(received.get(0)).startsWith("0x83a47479706500a46461746181a3736964b4");
        assertThat(received.get(1)).isEqualTo("0x83a47479706502a46461746192a568656c6c6fc40101a36e7370a12f");
        client.sendBinary(bytes("84a47479706502a46461746192a46563686fd40000a2696403a36e7370a12f"));

        assertThat(client.received()).containsExactly("0x84a47479706503a46461746191d40000a2696403a36e7370a12f");
    }

    @Test
    void givenServersWithBothParsers_whenOneSendsOnWhatTheOtherGot_thenItIsTheSameValue() {
        TestServer json = new TestServer();
        TestServer packed = new TestServer(options -> options.parser(MessagePackParser::new));
        json.io.onConnection(socket -> socket.on("relay", (args, ack) -> packed.io.emit("relayed", args.get(0))));
        packed.io.onConnection(socket -> socket.on("relay", (args, ack) -> json.io.emit("relayed", args.get(0))));
        TestClient ofJson = json.connected();
        TestClient ofPacked = packed.client().sendBinary(bytes("82a47479706500a36e7370a12f"));
        ofPacked.received();

        ofJson.send("51-[\"relay\",{\"a\":{\"_placeholder\":true,\"num\":0}}]").sendBinary((byte) 7);
        ofPacked.sendBinary(bytes("83a47479706502a46461746192a572656c617981a161c40108a36e7370a12f"));

        assertThat(ofPacked.received())
                .containsExactly("0x83a47479706502a46461746192a772656c6179656481a161c40107a36e7370a12f");
        assertThat(ofJson.received())
                .containsExactly("51-[\"relayed\",{\"a\":{\"_placeholder\":true,\"num\":0}}]", "0x08");
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A parser with a mistake in it. */
    private static class Failing implements PacketParser {

        private final JsonPacketParser json;

        Failing(JsonCodec codec, PacketLimits limits) {
            json = new JsonPacketParser(codec, limits);
        }

        @Override
        public List<io.parley.engineio.packet.EncodedPacket> encode(Packet packet) {
            return json.encode(packet);
        }

        @Override
        public Decoder decoder() {
            return new FailingDecoder();
        }
    }

    private static class FailingDecoder implements PacketParser.Decoder {

        @Override
        public Packet add(String text) {
            throw new IllegalStateException(text);
        }

        @Override
        public Packet add(ByteBuffer bytes) {
            throw new IllegalStateException();
        }
    }
}
