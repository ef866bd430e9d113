package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.NodePeer;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the official client sees when it comes back to our server is what it sees at the official one. */
class RecoveryTranscriptIT {

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"websocket,json", "polling,json", "websocket,msgpack"})
    void givenALostClient_whenItComesBack_thenTheTranscriptsAreTheSame(String transport, String parser) {
        try (NodePeer client = NodePeer.start(Path.of("src/test/node/recovery-client.cjs"));
                NodePeer official = NodePeer.start(Path.of("src/test/node/recovery-server.cjs"));
                HttpServer ours = start(parser)) {
            Object expected = client.call("play", official.call("listen", parser), transport, parser);

            Object seen = client.call("play", ours.port(), transport, parser);

            assertThat((List<?>) seen).isEqualTo(expected);
            assertThat(expected.toString()).contains("connect, recovered: true");
        }
    }

    private static HttpServer start(String parser) {
        SocketIoOptions.Builder options =
                SocketIoOptions.builder().connectionStateRecovery(ConnectionStateRecovery.defaults());
        if (parser.equals("msgpack")) {
            options.parser(MessagePackParser::new);
        }
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        SocketIoServer io = SocketIoServer.attach(http, options.build());
        io.use(socket -> socket.data().merge("asked", 1, (before, one) -> (Integer) before + (Integer) one));
        io.onConnection(socket -> onConnection(io, socket));
        http.start();
        return http;
    }

    private static void onConnection(SocketIoServer io, Socket socket) {
        socket.on("enter", (args, ack) -> {
            socket.join(args.string(0));
            socket.data().put("name", args.string(1));
            ack.send();
        });
        socket.on(
                "state",
                (args, ack) -> ack.send(Arrays.asList(
                        socket.recovered(),
                        socket.rooms().contains("room"),
                        socket.data().get("name"),
                        socket.data().get("asked"))));
        socket.on("all", (args, ack) -> {
            io.emit("said", args.get(0));
            ack.send();
        });
        socket.on("room", (args, ack) -> {
            io.to(args.string(0)).emit("said", args.get(1));
            ack.send();
        });
        socket.on("except", (args, ack) -> {
            io.except(args.string(0)).emit("said", args.get(1));
            ack.send();
        });
        socket.on("others", (args, ack) -> {
            socket.broadcast().emit("said", args.get(0));
            ack.send();
        });
        socket.on("volatile", (args, ack) -> {
            io.asVolatile().emit("said", args.get(0));
            ack.send();
        });
    }
}
