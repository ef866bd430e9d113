package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.websocket.testing.UnixPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on a Unix domain socket, by epoll and by the JDK. */
@Timeout(60) // reading from such a socket has no limit of its own
class UnixSocketTest {

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("parley.sock");
    }

    private HttpServer.Builder options(boolean nativeTransport) {
        return HttpServer.builder().eventLoops(1).nativeTransport(nativeTransport);
    }

    private HttpServer server(boolean nativeTransport) {
        HttpServer server =
                options(nativeTransport).unixSocket(path()).files(folder).build();
        server.handle(
                "GET",
                "/who",
                exchange -> exchange.respond(
                        HttpResponse.text(200, "from '" + exchange.request().remoteAddress() + "'")));
        return server.webSocket(
                "/echo",
                socket -> socket.onText(text -> socket.send(
                        text + " from " + socket.remoteAddress().getClass().getSimpleName())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAUnixSocket_whenAskedOverIt_thenItServes(boolean nativeTransport) {
        try (HttpServer server = server(nativeTransport).start();
                UnixPeer peer = UnixPeer.connect(path())) {
            peer.send(head("GET /who HTTP/1.1", "Host: a"));

            assertThat(peer.readUntil("'")).startsWith("HTTP/1.1 200 ");
            assertThat(peer.readUntil("'")).isEqualTo("'"); // the address of a peer without a name
            assertThat(server.figures().connectionsOpen()).isEqualTo(1);
        }
        assertThat(path()).doesNotExist();
        assertThat(folder.resolve("parley.sock.new")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAUnixSocket_whenAWebSocketIsOpened_thenItEchoesAndIsClosedWith1001(boolean nativeTransport) {
        HttpServer server = server(nativeTransport).start();
        try (UnixPeer peer = UnixPeer.connect(path())) {
            peer.openWebSocket("/echo").sendText("hello");
            assertThat(peer.readFrame().text()).isEqualTo("hello from UnixDomainSocketAddress");

            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(server::close, task -> new Thread(task).start());

            assertThat(peer.readFrame().closeCode()).isEqualTo(1001);
            peer.sendClose(1001);
            Deadline.get(closed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenALargeFile_whenItIsAskedFor_thenAllOfItComes(boolean nativeTransport) throws IOException {
        byte[] content = new byte[3_000_000];
        Arrays.fill(content, (byte) 'x');
        Files.write(folder.resolve("large.txt"), content);
        try (HttpServer server = server(nativeTransport).start();
                UnixPeer peer = UnixPeer.connect(path())) {
            assertThat(server).isNotNull();
            peer.send(head("GET /large.txt HTTP/1.1", "Host: a"));

            assertThat(peer.readUntil("\r\n\r\n")).contains("Content-Length: 3000000\r\n");
            assertThat(peer.readBytes(content.length)).isEqualTo(content);
        }
    }

    @Test
    void givenAUnixSocket_whenAskedForItsPort_thenSaysThatThereIsNone() {
        try (HttpServer server = server(true).start()) {
            assertThatThrownBy(server::port)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port() of a server on a Unix socket (expected: a server on a port)");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenPermissions_whenStarted_thenTheSocketHasThem(boolean nativeTransport) throws IOException {
        try (HttpServer server =
                options(nativeTransport).unixSocket(path(), "rw-rw----").build().start()) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                    .isEqualTo("rw-rw----");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenASocketThatADeadServerLeft_whenStarted_thenItIsReplaced(boolean nativeTransport) throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        }
        assertThat(path()).exists();

        try (HttpServer server = server(nativeTransport).start();
                UnixPeer peer = UnixPeer.connect(path())) {
            assertThat(server).isNotNull();
            peer.send(head("GET /who HTTP/1.1", "Host: a"));
            assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenASocketThatIsListenedOn_whenStarted_thenSaysSoAndLeavesIt(boolean nativeTransport) {
        try (HttpServer first = server(nativeTransport).start()) {
            HttpServer second = server(nativeTransport);

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Unix socket " + path() + " is taken (expected: one that nobody listens on); stop the"
                            + " program that listens there, or choose another path");
            assertThat(first.figures().connectionsOpen()).isLessThanOrEqualTo(1); // the question, perhaps
            assertThat(path()).exists();
        }
    }

    @Test
    void givenAFileAtThePath_whenStarted_thenSaysSoAndLeavesIt() throws IOException {
        Files.writeString(path(), "precious");
        HttpServer server = server(true);

        assertThatThrownBy(server::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Unix socket " + path()
                        + ": there is something else (expected: nothing, or a socket that a server left behind)");

        assertThat(path()).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAFolderThatIsMissing_whenStarted_thenSaysSo(boolean nativeTransport) {
        Path lost = folder.resolve("none").resolve("a.sock");
        HttpServer server = options(nativeTransport).unixSocket(lost).build();

        assertThatThrownBy(server::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on the Unix socket " + lost + ": ")
                .hasMessageEndingWith(" (expected: a folder that is there and that this user may write to)");
    }

    @Test
    void givenASocketOfAnotherServerInItsPlace_whenClosed_thenThatIsLeft() throws IOException {
        HttpServer first = server(true).start();
        Files.delete(path());
        try (HttpServer second = server(true).start()) {
            first.close();

            assertThat(second.figures().connectionsOpen()).isZero();
            assertThat(path()).exists();
        }
    }

    @Test
    void givenWrongOptions_whenSet_thenSaysWhatIsAllowed() {
        assertThatThrownBy(() -> HttpServer.builder().unixSocket(Path.of("x".repeat(104))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unixSocket: a path of 104 bytes (expected: at most 103): " + "x".repeat(104));
        assertThatThrownBy(() -> HttpServer.builder().unixSocket(path(), "0660"))
                .hasMessage("permissions: 0660 (expected: such as rw-rw----)");
    }
}
