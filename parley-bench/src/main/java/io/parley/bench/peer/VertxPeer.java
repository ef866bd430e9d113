package io.parley.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Vert.x, on its native transport. */
final class VertxPeer implements Peer {

    private final Set<ServerWebSocket> everybody = ConcurrentHashMap.newKeySet();

    @Override
    public int start(PeerSetup setup) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(HOST)
                .setPort(0)
                .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES)
                .setPerMessageWebSocketCompressionSupported(setup.deflate())
                .setPerFrameWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .webSocketHandler(this::opened)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private void opened(ServerWebSocket socket) {
        if (socket.path().equals(ECHO)) {
            socket.textMessageHandler(socket::writeTextMessage);
            socket.binaryMessageHandler(socket::writeBinaryMessage);
        } else {
            everybody.add(socket);
            socket.closeHandler(closed -> everybody.remove(socket));
            socket.textMessageHandler(this::textToEverybody);
            socket.binaryMessageHandler(this::binaryToEverybody);
        }
    }

    private void textToEverybody(String text) {
        everybody.forEach(socket -> socket.writeTextMessage(text));
    }

    private void binaryToEverybody(Buffer bytes) {
        everybody.forEach(socket -> socket.writeBinaryMessage(bytes));
    }
}
