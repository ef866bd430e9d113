package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's end of a WebSocket against a raw peer, over a real socket. */
class WebSocketConnectionTest {

    private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
    private static final int MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
    private static final long HIGH_WATER_MARK = 1024 * 1024;
    private static final byte[] NOTHING = {};

    private RecordingListener server = new RecordingListener();
    private BareHost host = host(ConnectionOptions.defaults().closeTimeout());

    private BareHost host(Duration closeTimeout) {
        return new BareHost(
                new WebSocketUpgrade(
                        List.of(),
                        HttpHeaders.empty(),
                        ConnectionOptions.builder()
                                .maxMessageBytes(MAX_MESSAGE_BYTES)
                                .maxBufferedBytes(MAX_BUFFERED_BYTES)
                                .closeTimeout(closeTimeout)
                                .build()),
                () -> server);
    }

    private RawWebSocket connect() {
        return RawWebSocket.open(host.port(), "/");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    // --- messages ---

    @Test
    void givenMessages_whenEchoed_thenTheyComeBackInOrder() {
        try (RawWebSocket client = connect()) {
            client.sendText("one").sendBinary(new byte[] {1, 2}).sendText("drei €");

            assertThat(client.readText()).isEqualTo("one");
            assertThat(client.read()).isEqualTo(new RawWebSocket.Frame(0x82, new byte[] {1, 2}));
            assertThat(client.readText()).isEqualTo("drei €");
        }
    }

    @Test
    void givenAFrameBehindTheHandshake_whenItComesInTheSamePacket_thenItIsNotLost() {
        byte[] frame = RawWebSocket.frame(0x81, true, "early".getBytes(UTF_8));
        try (RawPeer peer = RawPeer.connect(host.port())) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(RawWebSocket.request(host.port(), "/").getBytes(UTF_8));
            both.writeBytes(frame);
            peer.send(both.toByteArray());

            assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(peer.readBytes(7)).isEqualTo("\u0081\u0005early".getBytes(ISO_8859_1));
        }
    }

    @Test
    void givenAFragmentedMessage_whenAPingComesBetween_thenThePongDoesTooAndTheMessageIsWhole() {
        try (RawWebSocket client = connect()) {
            client.send(RawWebSocket.TEXT, "frag".getBytes(UTF_8));
            client.send(0x80 | RawWebSocket.PING, "now".getBytes(UTF_8));
            assertThat(client.read())
                    .isEqualTo(new RawWebSocket.Frame(0x80 | RawWebSocket.PONG, "now".getBytes(UTF_8)));

            client.send(0x80 | RawWebSocket.CONTINUATION, "ment".getBytes(UTF_8));
            assertThat(client.readText()).isEqualTo("fragment");
        }
    }

    @Test
    void givenAHugeMessage_whenEchoed_thenEveryByteComesBack() {
        byte[] huge = new byte[3 * 1024 * 1024 + 1];
        for (int i = 0; i < huge.length; i++) {
            huge[i] = (byte) (i * 31 + (i >> 8));
        }
        try (RawWebSocket client = connect()) {
            client.sendBinary(huge);

            RawWebSocket.Frame echo = client.read();
            assertThat(echo.header()).isEqualTo(0x82);
            assertThat(Arrays.equals(echo.payload(), huge)).isTrue();
        }
    }

    @Test
    void givenManyThreads_whenEachSends_thenEachOneKeepsItsOrder() throws InterruptedException {
        try (RawWebSocket client = connect()) {
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                int number = i;
                threads[i] = new Thread(() -> sendNumbers(server.connection(), number));
                threads[i].start();
            }

            int[] next = new int[threads.length];
            for (int i = 0; i < threads.length * 500; i++) {
                String[] message = client.readText().split(":", 2);
                assertThat(Integer.parseInt(message[1])).isEqualTo(next[Integer.parseInt(message[0])]++);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Deadline.await("all sent", () -> server.connection().bufferedAmount() == 0);
        }
    }

    private static void sendNumbers(WebSocketConnection connection, int thread) {
        for (int i = 0; i < 500; i++) {
            connection.send(PreparedMessage.text(thread + ":" + i));
        }
    }

    @Test
    void givenAPingOfOurs_whenThePeerAnswers_thenTheListenerHearsIt() {
        try (RawWebSocket client = connect()) {
            server.connection().ping(ByteBuffer.wrap("here?".getBytes(UTF_8)));
            assertThat(client.read().payload()).isEqualTo("here?".getBytes(UTF_8));

            client.send(0x80 | RawWebSocket.PONG, "here".getBytes(UTF_8));
            Deadline.await("the pong", () -> server.events.contains("pong here"));
        }
    }

    // --- what a good peer never sends (RFC 6455 sections 5 to 8) ---

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    unmasked frame; 8100; 1002; Unmasked frame from a client (expected: a masked one)
                    RSV1; c18000000000; 1002; RSV bits 4 (expected: 0, no extension was negotiated)
                    RSV2; a18000000000; 1002; RSV bits 2 (expected: 0, no extension was negotiated)
                    RSV3; 918000000000; 1002; RSV bits 1 (expected: 0, no extension was negotiated)
                    reserved opcode; 838000000000; 1002; Opcode 0x3 (expected: 0x0 to 0x2 or 0x8 to 0xa)
                    reserved control opcode; 8b8000000000; 1002; Opcode 0xb (expected: 0x0 to 0x2 or 0x8 to 0xa)
                    long form of a length; 82fe007d; 1002; Length 125 in a long form (expected: the shortest that holds it)
                    negative length; 82ff8000000000000000; 1002; Length with the highest bit set (expected: at most 2^63 - 1)
                    continuation of nothing; 808000000000; 1002; CONTINUATION frame without a message to continue (expected: TEXT or BINARY)
                    message in a message; 018000000000818000000000; 1002; TEXT frame inside a fragmented message (expected: CONTINUATION)
                    fragmented ping; 098000000000; 1002; PING frame in fragments (expected: one frame)
                    long ping; 89fe007e; 1002; PING frame with more than 125 bytes (expected: at most 125)
                    close with one byte; 88810000000003; 1002; Close frame with 1 byte (expected: none, or a code of 2 bytes)
                    close with 1005; 88820000000003ed; 1002; Close code 1005 (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)
                    reason not UTF-8; 88830000000003e8ff; 1007; Close reason that is not text (expected: UTF-8)
                    text not UTF-8; 818300000000ceba80; 1007; Text with byte 0x80 at 2 (expected: UTF-8)
                    text cut short; 818100000000ce; 1007; Text ends inside a character (expected: complete UTF-8)
                    too big; 82ff0000000000800001; 1009; Message too big (expected: at most 8388608 bytes)
                    """)
    void givenAMistake_whenItArrives_thenTheConnectionFailsWithItsCode(
            String name, String wire, int code, String reason) {
        try (RawWebSocket client = connect()) {
            client.sendText("before");
            client.raw().sendHex(wire);

            assertThat(client.readText()).isEqualTo("before");
            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(close.closeReason()).isEqualTo(reason);
            client.raw().expectClosed();
        }
        assertThat(server.closed()).startsWith(code + " " + reason + " in \"");
        assertThat(server.events).hasSize(2).startsWith("text before");
    }

    @Test
    void givenAMistake_whenItArrives_thenTheListenerSeesTheFirstBytesOfWhatWasWrongAndThePeerDoesNot() {
        try (RawWebSocket client = connect()) {
            client.raw().sendHex("c185" + "00000000" + "1b5b33316d");

            assertThat(client.read().closeReason()).isEqualTo("RSV bits 4 (expected: 0, no extension was negotiated)");
        }
        assertThat(server.closed())
                .isEqualTo("1002 RSV bits 4 (expected: 0, no extension was negotiated)"
                        + " in \"\\xc1\\x85\\x00\\x00\\x00\\x00\\x1b[31m\"");
    }

    @Test
    void givenALongTextThatIsNotUtf8_whenItArrives_thenItsBeginningIsShownUnmasked() {
        try (RawWebSocket client = connect()) {
            client.send(0x80 | RawWebSocket.TEXT, ("x".repeat(70) + "\u00ff").getBytes(ISO_8859_1));

            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
        assertThat(server.closed()).endsWith(" in \"" + "x".repeat(64) + "…\"");
    }

    @Test
    void givenAMistakeWithMuchBehindIt_whenThePeerReadsLate_thenItStillSeesTheCloseFrame() {
        try (RawWebSocket client = connect()) {
            client.raw().sendHex("8100").trySend(new byte[1 << 20]);

            assertThat(client.read().closeCode()).isEqualTo(1002);
            client.raw().expectClosed();
        }
    }

    @Test
    void givenAListenerThatThrows_whenAMessageComes_thenTheConnectionFailsWith1011() {
        server = new RecordingListener() {
            @Override
            public void onText(WebSocketConnection connection, String text) {
                throw new IllegalStateException("as the test wants it");
            }
        };
        try (RawWebSocket client = connect()) {
            client.sendText("x");

            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.closeReason()).isEqualTo("The server failed");
        }
        assertThat(server.closed()).isEqualTo("1011 The server failed");
    }

    // --- closing ---

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    code and reason; 03e8627965; 1000 bye; 03e8627965
                    code of an application; 0fa0; 4000; 0fa0
                    no code; ''; 1005; ''
                    """)
    void givenAPeerThatCloses_whenItsFrameComes_thenItIsAnsweredAndTheServerEndsTheConnection(
            String name, String payload, String heard, String answer) {
        try (RawWebSocket client = connect()) {
            client.send(0x80 | RawWebSocket.CLOSE, HexFormat.of().parseHex(payload));

            assertThat(client.read())
                    .isEqualTo(new RawWebSocket.Frame(
                            0x80 | RawWebSocket.CLOSE, HexFormat.of().parseHex(answer)));
            client.raw().expectClosed();
        }
        assertThat(server.closed()).isEqualTo(heard);
    }

    @Test
    void givenAServerThatCloses_whenThePeerAnswers_thenTheConnectionEndsWithItsCode() {
        try (RawWebSocket client = connect()) {
            server.connection().close(1001, "going");
            server.connection().send("too late");
            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("going");

            client.sendText("still on its way").sendClose(1001, "");
            client.raw().expectClosed();
        }
        assertThat(server.closed()).isEqualTo("1001");
        assertThat(server.events).containsExactly("text still on its way", "close 1001");
        assertThat(server.connection().isOpen()).isFalse();
    }

    @Test
    void givenAServerThatClosesWithoutACode_whenItsFrameComes_thenItIsEmpty() {
        try (RawWebSocket client = connect()) {
            server.connection().close();

            assertThat(client.read()).isEqualTo(new RawWebSocket.Frame(0x80 | RawWebSocket.CLOSE, NOTHING));
        }
    }

    @Test
    void givenAPeerThatDoesNotAnswer_whenTheCloseTimeoutIsOver_thenItIsCut() {
        host.close();
        host = host(Duration.ofMillis(50));
        try (RawWebSocket client = connect()) {
            server.connection().close(1000, "");

            assertThat(client.read().closeCode()).isEqualTo(1000);
            client.raw().expectClosed();
        }
        assertThat(server.closed()).isEqualTo("1006 Closing took longer than 50 ms");
    }

    @Test
    void givenAMistakeOfAPeerThatStays_whenTheCloseTimeoutIsOver_thenItIsCut() {
        host.close();
        host = host(Duration.ofMillis(50));
        try (RawWebSocket client = connect()) {
            client.raw().sendHex("8100");

            assertThat(client.read().closeCode()).isEqualTo(1002);
            client.raw().expectClosed();
            Deadline.await("cut", () -> isCut(client.raw()));
        }
        assertThat(server.events).hasSize(1);
    }

    private static boolean isCut(RawPeer peer) {
        try {
            peer.send(new byte[1]);
            return false;
        } catch (UncheckedIOException reset) {
            return true;
        }
    }

    @Test
    void givenAConnection_whenTerminated_thenThePeerSeesNoCloseFrame() {
        try (RawWebSocket client = connect()) {
            server.connection().terminate();

            client.raw().expectClosed();
        }
        assertThat(server.closed()).isEqualTo("1006 Terminated");
    }

    @Test
    void givenAPeerThatVanishes_whenTheConnectionBreaks_thenTheListenerHearsItOnce() {
        RawWebSocket client = connect();
        server.connection();
        client.raw().reset();

        assertThat(server.closed()).isEqualTo("1006 Connection lost");
        assertThat(server.events).containsExactly("close 1006 Connection lost");
    }

    @Test
    void givenACodeThatIsNeverSent_whenClosed_thenThrowsAndTheConnectionStaysOpen() {
        try (RawWebSocket client = connect()) {
            assertThatThrownBy(() -> server.connection().close(1005, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Close code 1005 (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)");

            client.sendText("still here");
            assertThat(client.readText()).isEqualTo("still here");
        }
    }

    // --- pressure ---

    @Test
    void givenAPeerThatDoesNotRead_whenTheBudgetIsReached_thenItIsCutWithAReasonOfItsOwn() {
        PreparedMessage message = PreparedMessage.binary(ByteBuffer.allocate(1 << 20));
        RawWebSocket client = connect();
        while (!server.closed.isDone()) {
            server.connection().send(message);
            assertThat(server.connection().bufferedAmount()).isLessThanOrEqualTo(MAX_BUFFERED_BYTES);
        }
        client.close();

        assertThat(server.closed())
                .isEqualTo("1006 More than 16777216 bytes wait to be sent (the peer reads too slowly)");
        Deadline.await("nothing kept", () -> server.connection().bufferedAmount() == 0);
    }

    @Test
    void givenASaturatedConnection_whenThePeerReadsAgain_thenItDrains() {
        PreparedMessage message = PreparedMessage.binary(ByteBuffer.allocate(1 << 18));
        try (RawWebSocket client = connect()) {
            int sent = 0;
            while (server.connection().isWritable()) {
                server.connection().send(message);
                sent++;
            }
            for (int i = 0; i < sent; i++) {
                assertThat(client.read().payload()).hasSize(1 << 18);
            }

            Deadline.await("drained", () -> server.events.contains("drain"));
            Deadline.await("all handed over", () -> server.connection().bufferedAmount() == 0);
            assertThat(server.connection().isWritable()).isTrue();
        }
    }

    @Test
    void givenAFloodOfPings_whenThePeerDoesNotReadThePongs_thenMemoryStaysBoundedAndTheLastIsAnswered() {
        int pings = 300_000;
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        byte[] filler = new byte[110];
        for (int i = 0; i < 1_000; i++) {
            flood.writeBytes(RawWebSocket.frame(0x80 | RawWebSocket.PING, true, filler));
        }
        try (RawWebSocket client = connect()) {
            for (int i = 0; i < pings / 1_000; i++) {
                client.raw().send(flood.toByteArray());
                assertThat(server.connection().figures().bytesQueued()).isLessThan(HIGH_WATER_MARK + 256);
            }
            client.send(0x80 | RawWebSocket.PING, "last".getBytes(UTF_8));

            int pongs = 1;
            while (client.read().payload().length != 4) {
                pongs++;
            }
            assertThat(pongs).isLessThanOrEqualTo(pings + 1);
        }
    }

    @Test
    void givenAPausedConnection_whenMessagesCome_thenTheyWaitUntilItIsResumed() {
        server = new RecordingListener() {
            @Override
            public void onText(WebSocketConnection connection, String text) {
                events.add(text);
                connection.pauseReading();
            }
        };
        try (RawWebSocket client = connect()) {
            client.sendText("a").sendText("b").sendText("c");
            Deadline.await("a", () -> server.events.equals(List.of("a")));

            server.connection().resumeReading();
            Deadline.await("b", () -> server.events.equals(List.of("a", "b")));
            server.connection().resumeReading();
            Deadline.await("c", () -> server.events.equals(List.of("a", "b", "c")));
        }
    }
}
