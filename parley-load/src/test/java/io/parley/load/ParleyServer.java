package io.parley.load;

import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.ServerWebSocket;
import io.parley.websocket.server.WebSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Our own server, with everything that a load can ask for: raw WebSocket at /echo and /broadcast, and Socket.IO. */
final class ParleyServer implements AutoCloseable {

    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final HttpServer http;
    private final SocketIoServer io;
    private final Set<ServerWebSocket> everybody = ConcurrentHashMap.newKeySet();

    ParleyServer() {
        WebSocketOptions options = WebSocketOptions.builder()
                .maxMessageBytes(MAX_BYTES)
                .deflate(DeflateOptions.builder().threshold(0).build())
                .build();
        http = HttpServer.builder()
                .eventLoops(1)
                .build()
                .webSocket("/echo", options, socket -> {
                    socket.onText(socket::send);
                    socket.onBinary(socket::send);
                })
                .webSocket("/broadcast", options, this::broadcast);
        io = SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .engine(engine -> engine.maxHttpBufferSize(MAX_BYTES))
                        .build());
        for (String namespace : new String[] {"/", "/stage"}) {
            io.of(namespace).onConnection(socket -> {
                socket.on("echo", (args, ack) -> socket.emit("echo", args.get(0)));
                socket.on("ask", (args, ack) -> ack.send(args.get(0)));
                socket.on("note", (args, ack) -> ack.send());
                socket.on("all", (args, ack) -> io.of(namespace).emit("all", args.get(0)));
            });
        }
        http.start();
    }

    private void broadcast(ServerWebSocket socket) {
        everybody.add(socket);
        socket.onText(text -> ServerWebSocket.sendAll(everybody, PreparedMessage.text(text)));
        socket.onClose((code, reason) -> everybody.remove(socket));
    }

    /** A target on this server, for {@code ws} or {@code http}. */
    Target.Builder target(String scheme, String path) {
        return Target.builder(scheme + "://127.0.0.1:" + http.port() + path);
    }

    int port() {
        return http.port();
    }

    /** Sockets of the main namespace. */
    int sockets() {
        return io.of("/").sockets().size();
    }

    @Override
    public void close() {
        io.close();
        http.close();
    }
}
