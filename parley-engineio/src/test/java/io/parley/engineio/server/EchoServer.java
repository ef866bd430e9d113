package io.parley.engineio.server;

import static io.parley.engineio.packet.EncodedPacket.binary;
import static io.parley.engineio.packet.EncodedPacket.text;

import io.parley.engineio.DisconnectReason;
import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** An engine on a real port that sends back what it gets. */
final class EchoServer implements AutoCloseable {

    final ConcurrentHashMap<String, EngineSocket> sockets = new ConcurrentHashMap<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final EngineServer engine;
    private final HttpServer http;

    EchoServer(EngineOptions options) {
        this(options, HttpServer.builder());
        http.onClosing(engine::close);
    }

    /** One whose sessions hear of the end by the end of their connections only. */
    EchoServer(EngineOptions options, HttpServer.Builder builder) {
        engine = EngineServer.create(options, this::onConnection);
        http = builder.host("127.0.0.1").port(0).eventLoops(3).build();
        http.mount("/engine.io/", engine);
        http.start();
    }

    int port() {
        return http.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The session, which the server may open a moment after its client has heard of it. */
    EngineSocket socket(String sid) {
        Deadline.await("session " + sid, () -> sockets.containsKey(sid));
        return sockets.get(sid);
    }

    /** The session of the one client there is. */
    EngineSocket onlySocket() {
        Deadline.await("one session", () -> sockets.size() == 1);
        return sockets.values().iterator().next();
    }

    private EngineListener onConnection(EngineSocket socket) {
        sockets.put(socket.id(), socket);
        return new EngineListener() {

            @Override
            public void onText(String text) {
                socket.send(text(text));
            }

            @Override
            public void onBinary(ByteBuffer bytes) {
                socket.send(binary(bytes));
            }

            @Override
            public void onClose(DisconnectReason reason, String description) {
                sockets.remove(socket.id());
                ends.add(reason.text() + (description.isEmpty() ? "" : ": " + description));
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
