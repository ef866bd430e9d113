package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.FaultProxy.Direction;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The raw peers and the proxy against servers that are not ours. */
class RawPeersTest {

    private ServerSocket echo;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0);
        Thread server = new Thread(this::echoAll);
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        echo.close();
    }

    private void echoAll() {
        while (!echo.isClosed()) {
            try (Socket socket = echo.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException expected) {
                // The test has ended it.
            }
        }
    }

    @Test
    void givenARawPeer_whenItTalks_thenItReadsWhatItWants() {
        try (RawPeer peer = RawPeer.connect(echo.getLocalPort())) {
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc")
                    .sendHex("00 ff")
                    .endOutput();

            assertThat(peer.readResponse()).endsWith("\r\n\r\nabc");
            assertThat(peer.readBytes(2)).containsExactly(0, 0xff);
            peer.expectClosed();
        }
    }

    @Test
    void givenAProxy_whenItCorruptsOrCuts_thenThePeerSeesIt() {
        try (FaultProxy proxy = FaultProxy.of(echo.getLocalPort());
                RawPeer peer = RawPeer.connect(proxy.port())) {
            proxy.delay(Duration.ofMillis(1));
            assertThat(peer.send("a").readBytes(1)).containsExactly('a');

            proxy.heal().corrupt(Direction.TO_CLIENT);
            assertThat(peer.send("a").readBytes(1)).containsExactly('q');

            proxy.reset();
            peer.expectClosed();
        }
    }

    @Test
    void givenTheWsServerOfNode_whenRawFramesAreSent_thenItsFramesAreRead() {
        try (NodePeer node = NodePeer.start(Path.of("src/test/node/ws-echo.cjs"));
                RawWebSocket socket = RawWebSocket.open((int) node.call("listen"), "/x")) {
            String text = "x".repeat(70_000);
            assertThat(socket.sendText("hello").readText()).isEqualTo("hello");
            assertThat(socket.sendText(text).readText()).isEqualTo(text);

            RawWebSocket.Frame pong =
                    socket.send(0x80 | RawWebSocket.PING, new byte[] {7}).read();
            assertThat(pong).isEqualTo(new RawWebSocket.Frame(0x80 | RawWebSocket.PONG, new byte[] {7}));

            socket.sendUnmasked(0x80 | RawWebSocket.TEXT, "x".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.read().closeCode()).isEqualTo(1002);
            assertThat(node.nextEvent("error"))
                    .isEqualTo(Map.of("message", "Invalid WebSocket frame: MASK must be set"));
        }
    }
}
