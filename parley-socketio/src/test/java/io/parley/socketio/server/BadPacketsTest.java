package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.packet.PacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the application hears of clients that break the protocol, and what the log does not. */
class BadPacketsTest {

    private final TestServer server = new TestServer();
    private final List<String> told = new ArrayList<>();

    BadPacketsTest() {
        server.io.onBadPacket((connection, cause) -> told.add(cause.getMessage()));
    }

    static Stream<Arguments> badPackets() {
        return Stream.of(
                Arguments.of("9", "Packet type '9' (expected: '0' to '6') in \"9\""),
                Arguments.of(
                        "2[\"a\u0000\u001b[31m\n\"]",
                        "JSON: '\\u0000' at 4 (expected: an escaped control character)"
                                + " in \"2[\"a\\u0000\\u001b[31m\\u000a\"]\""),
                Arguments.of("2/x\u2028,[\"a\"]", "EVENT packet for /x\\u2028, which the client has not joined"),
                Arguments.of("1", "DISCONNECT packet for /, which the client has not joined"),
                Arguments.of("0{", "JSON: the end at 2 (expected: a property name) in \"0{\""),
                Arguments.of("x".repeat(65), "Packet type 'x' (expected: '0' to '6') in \"" + "x".repeat(64) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("badPackets")
    void givenAConnectionWithoutASocket_whenAPacketIsBad_thenTheServerTellsWhy(String packet, String why) {
        TestClient client = server.client().send(packet);

        assertThat(client.isClosed()).isTrue();
        assertThat(told).containsExactly(why);
    }

    @Test
    void givenSockets_whenAPacketCannotBeUnderstood_thenEachHearsWhyAndMaySayALastWord() {
        server.open("/b");
        TestClient client = server.connected().join("/b");
        List<String> heard = new ArrayList<>();
        for (Socket socket : server.sockets) {
            socket.onError(error -> {
                heard.add(socket.namespace() + " " + error.getMessage());
                socket.emit("sorry");
            });
            socket.onDisconnect((reason, details) -> heard.add(reason + " " + (details.cause() != null)));
        }

        client.send("2{}", "2[\"not read any more\"]");

        String why = "JSON: '{' at 1 (expected: an array) in \"2{}\"";
        assertThat(client.isClosed()).isTrue();
        assertThat(client.received()).containsExactly("2[\"sorry\"]", "2/b,[\"sorry\"]");
        assertThat(told).containsExactly(why);
        assertThat(heard)
                .containsExactly(
                        "/ " + why,
                        "/b " + why,
                        DisconnectReason.FORCED_CLOSE + " true",
                        DisconnectReason.FORCED_CLOSE + " true");
    }

    @Test
    void givenASocket_whenARuleIsBroken_thenTheServerAndTheDisconnectHandlersAreTold() {
        TestClient client = server.connected();
        List<String> heard = new ArrayList<>();
        server.last().onError(error -> heard.add("an error"));
        server.last().onDisconnect((reason, details) -> heard.add(details.description()));

        client.send("0");

        assertThat(told).containsExactly("second CONNECT packet for /");
        assertThat(heard).isEqualTo(told);
    }

    @Test
    void givenAListenerThatThrows_whenAPacketIsBad_thenTheNextIsTold() {
        server.io.onBadPacket((connection, cause) -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        List<PacketException> last = new ArrayList<>();
        server.io.onBadPacket((connection, cause) -> last.add(cause));

        server.client().send("x");

        assertThat(last).hasSize(1);
    }

    @Test
    void givenMessagePack_whenAPacketIsBad_thenItsFirstBytesAreTold() {
        TestServer packed = new TestServer(options -> options.parser(MessagePackParser::new));
        packed.io.onBadPacket((connection, cause) -> told.add(cause.getMessage()));

        packed.client().sendBinary((byte) 0x81, (byte) 0xa1, (byte) 'x', (byte) 0xc1);
        packed.client().send("2[\"x\"]");

        assertThat(told)
                .containsExactly(
                        "Byte 0xc1 (expected: a MessagePack value) at 4 in \"\\x81\\xa1x\\xc1\"",
                        "Text (expected: MessagePack, so binary) in \"2[\"x\"]\"");
    }

    /** Packets with a mark that must not be in the log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostile\n",
                "0/hostile\n",
                "0/hostile\n,{\"hostile\":1}",
                "0{\"hostile\":\"\\nhostile\"",
                "1/hostile\n",
                "2/hostile\n,[\"x\"]",
                "2[\"hostile\\nname\",\"hostile\\nvalue\"]",
                "2[\"sum\",\"hostile\\nvalue\"]",
                "2[\"typed\",{\"hostile\\nkey\":1}]",
                "2[\"renamed\",\"hostile\\nvalue\"]",
                "2[\"x\",hostile\n]",
                "3/hostile\n,1[]",
                "3999[\"hostile\"]",
                "4{\"message\":\"hostile\"}",
                "51-[\"x\",{\"_placeholder\":true,\"num\":\"hostile\n\"}]",
                "5hostile\n-[]"
            })
    void givenHostileText_whenSent_thenNothingOfItIsInTheLogAboveDebug(String packet) {
        TestClient client = server.connected();
        Socket socket = server.last();
        socket.onAny((event, args) -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        socket.use(event -> {
            if (event.name().startsWith("hostile")) {
                throw new AssertionError("thrown on purpose by a test");
            }
        });
        socket.on("sum", (args, ack) -> args.integer(0));
        socket.on("typed", Integer.class, value -> {});
        socket.onError(error -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        ListAppender<ILoggingEvent> log = listen();

        client.send(packet);
        server.client().send(packet);

        stopListening(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .noneMatch(event -> textOf(event).contains("hostile"));
    }

    private static String textOf(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root().addAppender(log);
        return log;
    }

    private static void stopListening(ListAppender<ILoggingEvent> log) {
        root().detachAppender(log);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
