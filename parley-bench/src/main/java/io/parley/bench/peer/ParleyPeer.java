package io.parley.bench.peer;

import io.parley.websocket.DeflateOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.ServerWebSocket;
import io.parley.websocket.server.WebSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Parley. Messages are compressed whatever their length, as the others do. */
final class ParleyPeer implements Peer {

    private final boolean onLoop;
    private final Set<ServerWebSocket> everybody = ConcurrentHashMap.newKeySet();

    /** With handlers on the event loop, or where they are by default. */
    ParleyPeer(boolean onLoop) {
        this.onLoop = onLoop;
    }

    @Override
    public int start(PeerSetup setup) {
        WebSocketOptions options = WebSocketOptions.builder()
                .maxMessageBytes(MAX_MESSAGE_BYTES)
                .deflate(setup.deflate() ? DeflateOptions.builder().threshold(0).build() : null)
                .build();
        Executor handlers = onLoop ? Runnable::run : HandlerThreads.shared();
        return HttpServer.builder()
                .handlerExecutor(handlers)
                .build()
                .webSocket(ECHO, options, ParleyPeer::echo)
                .webSocket(BROADCAST, options, this::broadcast)
                .start()
                .port();
    }

    private static void echo(ServerWebSocket socket) {
        socket.onText(socket::send);
        socket.onBinary(socket::send);
    }

    private void broadcast(ServerWebSocket socket) {
        everybody.add(socket);
        socket.onText(text -> ServerWebSocket.sendAll(everybody, PreparedMessage.text(text)));
        socket.onBinary(bytes -> ServerWebSocket.sendAll(everybody, PreparedMessage.binary(bytes)));
        socket.onClose((code, reason) -> everybody.remove(socket));
    }
}
