package io.parley.webtransport;

import static io.parley.engineio.packet.EncodedPacket.binary;
import static io.parley.engineio.packet.EncodedPacket.text;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import io.parley.engineio.server.ConnectionError;
import io.parley.engineio.server.EngineListener;
import io.parley.engineio.server.EngineOptions;
import io.parley.engineio.server.EngineServer;
import io.parley.engineio.server.EngineSocket;
import io.parley.testkit.Deadline;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An engine that sends back what it gets, on a UDP port of its own. */
final class EchoEngine implements AutoCloseable {

    final BlockingQueue<EngineSocket> sockets = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();
    final AtomicInteger drained = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final EngineServer engine;
    final WebTransportServer server;

    private EchoEngine(EngineOptions options, WebTransportServer.Builder builder) {
        engine = EngineServer.create(options, this::onConnection);
        engine.onConnectionError(errors::add);
        server = builder.build().mount("/engine.io/", engine).start();
    }

    static EchoEngine start(
            Path folder, Consumer<EngineOptions.Builder> engine, Consumer<WebTransportServer.Builder> server) {
        EngineOptions.Builder options = EngineOptions.builder().transports(TransportType.WEBTRANSPORT);
        engine.accept(options);
        WebTransportServer.Builder builder = WebTransportServer.builder()
                .tls(TestCertificate.make().writeTo(folder))
                .closeTimeout(Duration.ofSeconds(1));
        server.accept(builder);
        return new EchoEngine(options.build(), builder);
    }

    int port() {
        return server.port();
    }

    EngineSocket socket() throws InterruptedException {
        EngineSocket socket = sockets.poll(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (socket == null) {
            throw new AssertionError("no session within " + Deadline.LIMIT);
        }
        return socket;
    }

    String end() throws InterruptedException {
        return ends.poll(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private EngineListener onConnection(EngineSocket socket) {
        sockets.add(socket);
        return new EngineListener() {

            @Override
            public void onText(String text) {
                received.addAndGet(text.length());
                socket.send(text(text));
            }

            @Override
            public void onBinary(ByteBuffer bytes) {
                received.addAndGet(bytes.remaining());
                if (bytes.remaining() < 1000) {
                    socket.send(binary(bytes));
                }
            }

            @Override
            public void onDrain() {
                drained.incrementAndGet();
            }

            @Override
            public void onClose(DisconnectReason reason, String description) {
                ends.add(reason.text() + (description.isEmpty() ? "" : ": " + description));
            }
        };
    }

    @Override
    public void close() {
        engine.close();
        server.close();
    }
}
