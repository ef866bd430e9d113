package io.parley.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.engineio.server.EngineOptions;
import io.parley.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break the rules, and limits that are reached. */
@ExtendWith(NeedsQuic.class)
class MisbehaviourTest {

    private static final String PATH = "/engine.io/?EIO=4&transport=webtransport";
    private static final String CLOSE_SESSION = "68430400000000";

    @TempDir
    Path folder;

    private final List<RawClient> clients = new ArrayList<>();
    private EchoEngine echo;

    private void start() {
        start(engine -> {}, server -> {});
    }

    private void start(Consumer<EngineOptions.Builder> engine, Consumer<WebTransportServer.Builder> server) {
        echo = EchoEngine.start(folder, engine, server);
    }

    private RawClient client() throws Exception {
        RawClient client = RawClient.connect(echo.port());
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        echo.close();
    }

    private WebTransportFigures figures() {
        return echo.server.figures();
    }

    // --- requests

    @Test
    void givenAWellBehavedClient_whenItConnects_thenItIsServed() throws Exception {
        start();

        RawClient.Stream stream = client().session();
        stream.send("0");
        stream.send("4hello");

        stream.awaitText("\"upgrades\":[]");
        stream.awaitText("4hello");
        assertThat(echo.socket().request().remoteAddress()).isNotNull();
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItConnects_then403AndTheReason() throws Exception {
        start();

        RawClient.Request request = client().connect(PATH, "origin", "https://evil.example");

        assertThat(request.status()).isEqualTo("403");
        assertThat(request.body())
                .isEqualTo("Origin https://evil.example is not allowed (expected: the server's own origin, or one of"
                        + " its cors option); allow it with CorsOptions.origins(\"https://evil.example\")");
        assertThat(echo.errors.take().code()).isEqualTo(4);
        assertThat(figures().refusedSessions()).isEqualTo(1);
    }

    @Test
    void givenAnotherPath_whenRequested_then404() throws Exception {
        start();

        RawClient.Request request = client().connect("/elsewhere/");

        assertThat(request.status()).isEqualTo("404");
        assertThat(request.body()).isEqualTo("Nothing is mounted at this path");
    }

    @Test
    void givenAPlainRequest_whenItComes_then501() throws Exception {
        start();

        RawClient.Request request =
                client().request(":method", "GET", ":scheme", "https", ":authority", "127.0.0.1", ":path", PATH);

        assertThat(request.status()).isEqualTo("501");
        assertThat(request.body()).isEqualTo("This port speaks WebTransport only");
    }

    @Test
    void givenAnotherProtocol_whenAConnectComes_then501() throws Exception {
        start();

        RawClient.Request request = client().request(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        "websocket",
                        ":scheme",
                        "https",
                        ":authority",
                        "127.0.0.1",
                        ":path",
                        PATH);

        assertThat(request.status()).isEqualTo("501");
    }

    @Test
    void givenASession_whenTheConnectionAsksForAnother_then429() throws Exception {
        start();
        RawClient client = client();
        assertThat(client.connect(PATH).status()).isEqualTo("200");

        RawClient.Request second = client.connect(PATH);

        assertThat(second.status()).isEqualTo("429");
        assertThat(second.body()).isEqualTo("A connection has one session (expected: another connection)");
    }

    @Test
    void givenAFullEngine_whenAClientConnects_then503() throws Exception {
        start(engine -> engine.maxSessions(1), server -> {});
        client().session().send("0");
        echo.socket();

        assertThat(client().connect(PATH).status()).isEqualTo("503");
    }

    @Test
    void givenMoreHeadersThanMayBe_whenRequested_thenTheConnectionIsClosed() throws Exception {
        start(engine -> {}, server -> server.maxHeaderBytes(1_000));
        RawClient client = client();

        client.connect(PATH, "x-large", "x".repeat(10_000));

        client.awaitClosed();
    }

    @Test
    void givenAFloodOfCapsules_whenItComes_thenTheConnectionIsClosed() throws Exception {
        start();
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        client.stream(request.id()).send("0");
        echo.socket();

        request.send(Unpooled.buffer().writeByte(0x29).writeInt(0x80010000).writeZero(65_536));

        client.awaitClosed();
        assertThat(echo.end()).startsWith("transport close");
    }

    // --- the first packet

    @ParameterizedTest
    @ValueSource(strings = {"4early", "2probe", "9", "0{\"sid\":\"unknown\"}"})
    void givenAnotherFirstPacket_whenItComes_thenTheSessionIsClosedInOrder(String packet) throws Exception {
        start();
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        RawClient.Stream stream = client.stream(request.id());

        stream.send(packet);

        assertThat(request.capsules()).isEqualTo(CLOSE_SESSION);
        assertThat(stream.end()).isEqualTo("finished");
        client.awaitClosed();
        assertThat(echo.sockets).isEmpty();
    }

    @Test
    void givenSilence_whenUpgradeTimeoutPasses_thenTheSessionIsClosed() throws Exception {
        start(engine -> engine.upgradeTimeout(Duration.ofMillis(50)), server -> {});

        RawClient.Request request = client().connect(PATH);

        assertThat(request.capsules()).isEqualTo(CLOSE_SESSION);
    }

    @Test
    void givenAStreamThatSaysNothing_whenUpgradeTimeoutPasses_thenTheSessionIsClosed() throws Exception {
        start(engine -> engine.upgradeTimeout(Duration.ofMillis(50)), server -> {});
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);

        client.stream(request.id());

        assertThat(request.capsules()).isEqualTo(CLOSE_SESSION);
    }

    // --- packets

    @Test
    void givenAFrameBeyondTheLimit_whenItsLengthComes_thenParseError() throws Exception {
        start(engine -> engine.maxHttpBufferSize(1_000), server -> {});
        RawClient client = client();
        RawClient.Stream stream = client.session();
        stream.send("0");
        echo.socket();

        stream.send(RawClient.bytes(0x7E, 0x03, 0xE9));

        assertThat(echo.end())
                .isEqualTo("parse error: Packet of 1001 bytes (expected: 1 to 1000, the limit maxHttpBufferSize)"
                        + " in \"~\\x03\\xe9\"");
        client.awaitClosed();
    }

    @Test
    void givenAClientThatEndsItsStream_whenItDoes_thenTransportClose() throws Exception {
        start();
        RawClient.Stream stream = client().session();
        stream.send("0");
        echo.socket();

        stream.finish();

        assertThat(echo.end()).isEqualTo("transport close: The client ended its stream");
        assertThat(stream.end()).isIn("finished", "inactive");
    }

    @Test
    void givenAClientThatResetsItsStream_whenItDoes_thenTransportClose() throws Exception {
        start();
        RawClient.Stream stream = client().session();
        stream.send("0");
        echo.socket();

        stream.reset();

        assertThat(echo.end()).startsWith("transport close: The stream was lost");
    }

    @Test
    void givenAClientThatClosesTheSession_whenTheCapsuleComesInPieces_thenTransportClose() throws Exception {
        start();
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        client.stream(request.id()).send("0");
        echo.socket();

        ByteBuf capsules = RawClient.bytes(0x29, 0x03, 1, 2, 3).writeBytes(Capsules.closeSession());
        while (capsules.isReadable()) {
            request.send(capsules.readBytes(1));
        }
        capsules.release();

        assertThat(echo.end()).isEqualTo("transport close: The client closed the session");
        client.awaitClosed();
    }

    @Test
    void givenAClientThatEndsItsRequest_whenItDoes_thenTransportClose() throws Exception {
        start();
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        client.stream(request.id()).send("0");
        echo.socket();

        request.end();

        assertThat(echo.end()).isEqualTo("transport close: The client closed the session");
    }

    @Test
    void givenAClientThatVanishes_whenItIsSilentTooLong_thenTransportClose() throws Exception {
        start(
                engine -> engine.pingInterval(Duration.ofMillis(200)).pingTimeout(Duration.ofMinutes(1)),
                server -> server.idleTimeout(Duration.ofMillis(500)));
        RawClient client = client();
        client.session().send("0");
        echo.socket();

        client.vanish();

        assertThat(echo.end()).isEqualTo("transport close: The connection was lost");
        Deadline.await("no connection", () -> figures().connectionsOpen() == 0);
    }

    // --- streams

    @Test
    void givenASecondStream_whenItComes_thenItIsRefusedAndTheFirstGoesOn() throws Exception {
        start();
        RawClient client = client();
        RawClient.Request request = client.connect(PATH);
        assertThat(request.status()).isEqualTo("200");
        RawClient.Stream first = client.stream(request.id());
        first.send("0");
        echo.socket();

        RawClient.Stream second = client.stream(request.id());
        second.send("0");

        assertThat(second.end()).isEqualTo("QuicStreamResetException");
        first.send("4still here");
        first.awaitText("4still here");
        assertThat(figures().refusedStreams()).isEqualTo(1);
    }

    @Test
    void givenAStreamOfNoSession_whenItComes_thenItIsRefused() throws Exception {
        start();

        RawClient.Stream stream = client().stream(400);

        assertThat(stream.end()).isEqualTo("QuicStreamResetException");
        assertThat(figures().refusedStreams()).isEqualTo(1);
    }

    @Test
    void givenAStreamInOneDirection_whenItComes_thenItIsStopped() throws Exception {
        start();
        RawClient client = client();
        RawClient.Stream first = client.session();
        first.send("0");
        echo.socket();

        client.unidirectional(0x40, 0x54, 0x00, 1, 2, 3);

        Deadline.await("the refusal", () -> figures().refusedStreams() == 1);
        first.send("4still here");
        first.awaitText("4still here");
    }

    @Test
    void givenAsManyStreamsAsMayBe_whenAClientWantsMore_thenQuicDoesNotLetIt() throws Exception {
        start(engine -> {}, server -> server.maxStreams(3));
        RawClient client = client();
        Deadline.await("the server's limit", () -> client.allowedStreams() == 3);
        client.session();
        client.connect(PATH);

        assertThat(client.allowedStreams()).isZero();
    }

    // --- connections

    @Test
    void givenAsManyConnectionsAsMayBe_whenAnotherComes_thenItIsRefusedAndCounted() throws Exception {
        start(engine -> {}, server -> server.maxConnections(1));
        client().session().send("0");
        echo.socket();

        assertRefused();
    }

    @Test
    void givenAsManyConnectionsOfOneAddressAsMayBe_whenAnotherComes_thenItIsRefused() throws Exception {
        start(engine -> {}, server -> server.maxConnectionsPerAddress(1));
        RawClient first = client();
        first.session().send("0");
        echo.socket();
        assertRefused();

        first.close();
        Deadline.await("no connection", () -> figures().connectionsOpen() == 0);

        client().session().send("0");
        echo.socket();
    }

    private void assertRefused() {
        assertThat(isServed()).isFalse();
        assertThat(figures().refusedConnections()).isPositive(); // an impatient client asks twice
        assertThat(figures().connectionsOpen()).isEqualTo(1);
    }

    private boolean isServed() {
        try {
            return client().connect(PATH).status().equals("200");
        } catch (Exception | AssertionError refused) { // the sooner the server closes, the sooner it fails
            return false;
        }
    }
}
