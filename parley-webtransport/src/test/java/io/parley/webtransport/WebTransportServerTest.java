package io.parley.webtransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.server.EngineOptions;
import io.parley.engineio.server.EngineServer;
import io.parley.engineio.server.EngineSocket;
import io.parley.testkit.Deadline;
import io.parley.websocket.server.TlsOptions;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsQuic.class)
class WebTransportServerTest {

    private static final String PATH = "/engine.io/?EIO=4&transport=webtransport";
    private static final int KIB = 1024;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    private EchoEngine start(Consumer<EngineOptions.Builder> engine, Consumer<WebTransportServer.Builder> server) {
        EchoEngine echo = EchoEngine.start(folder, engine, server);
        open.add(echo);
        return echo;
    }

    private RawClient client(EchoEngine echo) throws Exception {
        RawClient client = RawClient.connect(echo.port());
        open.add(0, client);
        return client;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    // --- the end

    @Test
    void givenASession_whenTheServerCloses_thenGoAwayDrainAndCloseAreSaidAfterWhatWasSent() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> {});
        RawClient client = client(echo);
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        RawClient.Stream stream = client.stream(request.id());
        stream.send("0");
        echo.socket().send(EncodedPacket.text("last words"));

        echo.server.close();

        assertThat(client.goAways().take()).isEqualTo(4);
        assertThat(request.capsules()).isEqualTo("800078ae00" + "68430400000000");
        stream.awaitText("4last words");
        assertThat(stream.end()).isIn("finished", "inactive");
        assertThat(echo.end()).startsWith("transport close");
        client.awaitClosed();
        assertThat(echo.server.figures().connectionsOpen()).isZero();
    }

    @Test
    void givenAMessageThatTakesItsTime_whenTheSessionIsClosed_thenItArrivesWhole() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> server.closeTimeout(Duration.ofSeconds(20)));
        RawClient client = client(echo);
        RawClient.Stream stream = client.session();
        stream.send("0");
        EngineSocket socket = echo.socket();
        stream.awaitText("maxPayload");
        int before = stream.received();
        stream.read(false);

        socket.send(EncodedPacket.text("x".repeat(900 * KIB)));
        socket.close();
        stream.read(true);

        assertThat(stream.end()).isEqualTo("finished");
        assertThat(stream.received() - before).isEqualTo(900 * KIB + 1 + 9);
    }

    @Test
    void givenAClientThatReadsNothing_whenTheSessionIsClosed_thenItIsCutAfterCloseTimeout() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> server.closeTimeout(Duration.ofMillis(200)));
        RawClient.Stream stream = client(echo).session();
        stream.send("0");
        EngineSocket socket = echo.socket();
        stream.read(false);
        socket.send(EncodedPacket.text("x".repeat(2000 * KIB)));

        socket.close();

        Deadline.await("no connection", () -> echo.server.figures().connectionsOpen() == 0);
        assertThat(echo.end()).isEqualTo("forced close");
    }

    @Test
    void givenAClosedServer_whenClosedOrStartedAgain_thenOnlyTheSecondFails() {
        EchoEngine echo = start(engine -> {}, server -> {});
        echo.server.close();

        echo.server.close();

        assertThatThrownBy(echo.server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("start() of a server that was started or closed before (expected: once)");
    }

    // --- back-pressure

    @Test
    void givenASlowReader_whenMoreThanMaxBufferedBytesWaits_thenItIsCutAndCounted() throws Exception {
        EchoEngine echo = start(engine -> engine.maxBufferedBytes(512 * KIB), server -> {});
        RawClient.Stream stream = client(echo).session();
        stream.send("0");
        EngineSocket socket = echo.socket();
        stream.read(false);

        for (int i = 0; i < 64; i++) {
            socket.send(EncodedPacket.binary(ByteBuffer.allocate(64 * KIB)));
        }

        assertThat(echo.end()).startsWith("client too slow");
        assertThat(echo.engine.overflowCount()).isEqualTo(1);
        Deadline.await("no connection", () -> echo.server.figures().connectionsOpen() == 0);
    }

    @Test
    void givenASlowReader_whenItCatchesUp_thenTheSessionIsWritableAgainAndTold() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> {});
        RawClient.Stream stream = client(echo).session();
        stream.send("0");
        EngineSocket socket = echo.socket();
        stream.read(false);
        int drainedBefore = echo.drained.get();

        socket.send(EncodedPacket.binary(ByteBuffer.allocate(3000 * KIB)));
        Deadline.await("not writable", () -> !socket.isWritable());
        assertThat(socket.bufferedBytes()).isGreaterThan(2000 * KIB);
        stream.read(true);

        Deadline.await("writable", socket::isWritable);
        Deadline.await("onDrain", () -> echo.drained.get() > drainedBefore);
    }

    @Test
    void givenAPausedSession_whenTheClientSends_thenItIsHeldBackUntilReadingGoesOn() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> server.initialMaxStreamData(16 * KIB));
        RawClient.Stream stream = client(echo).session();
        stream.send("0");
        EngineSocket socket = echo.socket();
        socket.pauseReading();
        stream.awaitText("maxPayload");

        ByteBuf packet = Unpooled.buffer();
        packet.writeByte(0xFF).writeLong(900 * KIB).writeZero(900 * KIB);
        var written = stream.channel.writeAndFlush(packet);
        assertThat(echo.received.get()).isZero();
        assertThat(written.isDone()).isFalse(); // of 900 KiB the network takes the window, which is smaller

        socket.resumeReading();

        Deadline.await("the message", () -> echo.received.get() == 900 * KIB);
    }

    // --- the handshake

    @Test
    void givenAConnectionWithoutASession_whenHandshakeTimeoutPasses_thenItIsClosedAndCounted() throws Exception {
        TlsOptions tls = TestCertificate.make().writeTo(folder);
        EchoEngine echo = start(engine -> {}, server -> server.tls(withHandshakes(tls, Duration.ofMillis(500), 1000)));

        RawClient client = client(echo);

        client.awaitClosed();
        Deadline.await("the count", () -> echo.server.figures().lateHandshakes() == 1);
    }

    @Test
    void givenAsManyHandshakesAsMayBe_whenAnotherComes_thenItIsRefusedUntilOneHasItsSession() throws Exception {
        TlsOptions tls = TestCertificate.make().writeTo(folder);
        EchoEngine echo = start(engine -> {}, server -> server.tls(withHandshakes(tls, Duration.ofSeconds(20), 1)));
        RawClient first = client(echo);
        Deadline.await("the first", () -> echo.server.figures().connectionsOpen() == 1);
        assertThatThrownBy(() -> client(echo).session()).isInstanceOf(Throwable.class);
        assertThat(echo.server.figures().refusedConnections()).isPositive();

        first.session().send("0");
        echo.socket();

        client(echo).session().send("0");
        echo.socket();
    }

    private TlsOptions withHandshakes(TlsOptions files, Duration timeout, int max) {
        return TlsOptions.builder()
                .certificate(files.files().get(0), files.files().get(1))
                .handshakeTimeout(timeout)
                .maxHandshakes(max)
                .build();
    }

    // --- TLS

    @Test
    void givenNewFiles_whenReloaded_thenNewConnectionsAreServedAndBadFilesChangeNothing() throws Exception {
        EchoEngine echo = start(engine -> {}, server -> {});
        TestCertificate.make().writeTo(folder);

        echo.server.reloadTls();
        client(echo).session().send("0");
        echo.socket();
        Files.writeString(folder.resolve("chain.pem"), "none");

        assertThatThrownBy(echo.server::reloadTls).isInstanceOf(IllegalArgumentException.class);
        client(echo).session().send("0");
        echo.socket();
    }

    // --- options

    @Test
    void givenAPortThatIsTaken_whenStarted_thenTheMessageSaysWhatToDo() {
        EchoEngine echo = start(engine -> {}, server -> {});
        WebTransportServer second = WebTransportServer.builder()
                .port(echo.port())
                .tls(TestCertificate.make().writeTo(folder))
                .build();

        assertThatThrownBy(second::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot listen on UDP port " + echo.port() + " of 127.0.0.1: ")
                .hasMessageContaining(
                        "(expected: an address of this machine, and a port that is free and may be used)");
    }

    @Test
    void givenAServerThatWasNotStarted_whenAskedForItsPort_thenFailsClearly() {
        WebTransportServer server = server();

        assertThatThrownBy(server::port)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("port() before start() (expected: a server that was started)");
        assertThatThrownBy(server::reloadTls).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenAnEngineThatDoesNotServeIt_whenMounted_thenFailsClearly() {
        assertThatThrownBy(() -> server().mount("/engine.io/", engine(EngineOptions.defaults())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("engine: transports [")
                .hasMessageEndingWith("] (expected: WEBTRANSPORT among them); set it with"
                        + " EngineOptions.builder().transports(…)");
    }

    @Test
    void givenAHeartbeatSlowerThanTheIdleTimeout_whenMounted_thenFailsClearly() {
        EngineOptions slow = served().pingInterval(Duration.ofSeconds(60)).build();

        assertThatThrownBy(() -> server().mount("/engine.io/", engine(slow)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("idleTimeout: PT1M (expected: longer than the engine's pingInterval, PT1M, which keeps a"
                        + " session alive)");
    }

    @Test
    void givenAPrefixThatIsNone_whenMounted_thenFailsClearly() {
        WebTransportServer server = server().mount("/engine.io/", engine(served().build()));

        assertThatThrownBy(() -> server.mount("engine.io/", engine(served().build())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix: engine.io/ (expected: a slash first)");
        assertThatThrownBy(() -> server.mount("/engine.io/", engine(served().build())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/engine.io/ is mounted already (expected: one engine a prefix)");
    }

    @Test
    void givenWrongOptions_whenSet_thenEachFailsInItsSetter() {
        WebTransportServer.Builder builder = WebTransportServer.builder();

        assertThatThrownBy(builder::build)
                .hasMessage("WebTransport without a certificate (expected: tls, which HTTP/3 cannot do without)");
        assertThatThrownBy(() -> builder.port(65_536)).hasMessage("port: 65536 (expected: 0 to 65535)");
        assertThatThrownBy(() -> builder.maxStreams(1)).hasMessage("maxStreams: 1 (expected: 2 to 65535)");
        assertThatThrownBy(() -> builder.maxConnections(0)).hasMessage("maxConnections: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.idleTimeout(Duration.ZERO))
                .hasMessage("idleTimeout: PT0S (expected: 1 ms or more)");
    }

    @Test
    void givenTlsThatAsksForCertificates_whenSet_thenFailsClearly() {
        TlsOptions tls = TestCertificate.make().writeTo(folder);
        TlsOptions mutual = TlsOptions.builder()
                .certificate(tls.files().get(0), tls.files().get(1))
                .clientCertificates(TlsOptions.ClientCertificates.REQUIRED)
                .trust(tls.files().get(0))
                .build();

        assertThatThrownBy(() -> WebTransportServer.builder().tls(mutual))
                .hasMessage("tls: clientCertificates REQUIRED (expected: NONE; browsers show none over WebTransport)");
    }

    private WebTransportServer server() {
        return WebTransportServer.builder()
                .tls(TestCertificate.make().writeTo(folder))
                .build();
    }

    private static EngineOptions.Builder served() {
        return EngineOptions.builder().transports(io.parley.engineio.TransportType.WEBTRANSPORT);
    }

    private static EngineServer engine(EngineOptions options) {
        return EngineServer.create(options, socket -> {
            throw new AssertionError("nobody connects");
        });
    }
}
