package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.JsonCodec;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.testkit.GuideCode;
import io.parley.websocket.server.HttpServer;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code of docs/parsers.md. */
class ParsersGuideTest {

    private static final Path GUIDE = Path.of("../docs/parsers.md");
    private static final Path HERE = Path.of("src/test/java/io/parley/socketio/server");

    private final List<String> log = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // bytes inside of a record are what is tested
    record Photo(String name, Instant taken, byte[] pixels) {}

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsInATestThatRuns() {
        assertThat(GuideCode.provenBlocks(
                        GUIDE, HERE.resolve("ParsersGuideTest.java"), HERE.resolve("PlainJsonParser.java")))
                .hasSize(7);
    }

    @Test
    void givenTheFirstExample_whenAttached_thenItsParserIsMessagePack() {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        SocketIoServer io = SocketIoServer.attach(
                http, SocketIoOptions.builder().parser(MessagePackParser::new).build());

        assertThat(io.parser()).isInstanceOf(MessagePackParser.class);
        io.close();
    }

    @Test
    void givenTheExampleWithPhotos_whenOneIsSent_thenDateAndBytesAreThoseOfMessagePack() {
        TestServer server = new TestServer(options -> options.parser(MessagePackParser::new));
        SocketIoServer io = server.io;
        io.onConnection(socket -> socket.on("photo", Photo.class, photo -> {
            io.emit("photo", photo); // a date and binary, to each client with MessagePack
        }));
        TestClient client = server.client().sendBinary(PacketParserTest.bytes("82a47479706500a36e7370a12f"));
        client.received();
        String photo = "83a46e616d65a161a574616b656ed70000000000000005dca6706978656c73c4020102";

        client.sendBinary(PacketParserTest.bytes("83a47479706502a46461746192a570686f746f" + photo + "a36e7370a12f"));

        assertThat(client.received()).singleElement().asString().contains("92a570686f746f" + photo);
    }

    @Test
    void givenTheCodecOfTheGuide_whenALongIsSent_thenItIsAText() {
        JsonCodec longsAsTexts = new JsonCodec() {
            @Override
            public void encode(@Nullable Object value, StringBuilder out, BinarySink binary) {
                JsonCodec.standard().encode(value instanceof Long ? value.toString() : value, out, binary);
            }

            @Override
            public @Nullable Object decode(String json, Type type, List<ByteBuffer> attachments) {
                return JsonCodec.standard().decode(json, type, attachments);
            }
        };
        TestServer server = new TestServer(options -> options.codec(longsAsTexts));
        TestClient client = server.connected();

        server.io.emit("big", 1L << 60);

        assertThat(client.received()).containsExactly("2[\"big\",\"1152921504606846976\"]");
    }

    @Test
    void givenTheLastExample_whenAClientBreaksTheRules_thenBothHear() {
        TestServer server = new TestServer();
        SocketIoServer io = server.io;
        io.onBadPacket((connection, cause) -> log.add(cause.getMessage()));
        io.onConnection(socket -> socket.onError(error -> socket.emit("sorry")));
        TestClient client = server.connected();

        client.send("9");

        assertThat(client.received()).containsExactly("2[\"sorry\"]");
        assertThat(log).containsExactly("Packet type '9' (expected: '0' to '6') in \"9\"");
    }
}
