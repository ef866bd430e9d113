package io.parley.bench.peer;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty with its own WebSocket API. It always accepts permessage-deflate. */
final class JettyPeer implements Peer {

    private final Set<Session> everybody = ConcurrentHashMap.newKeySet();

    @Override
    public int start(PeerSetup setup) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(HOST);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, this::configure));
        server.start();
        return connector.getLocalPort();
    }

    private void configure(ServerWebSocketContainer container) {
        container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        container.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
        addMapping(container, ECHO, Echo::new);
        addMapping(container, BROADCAST, Broadcast::new);
    }

    private static void addMapping(ServerWebSocketContainer container, String path, Supplier<Session.Listener> maker) {
        container.addMapping(path, (request, response, callback) -> maker.get());
    }

    /** Public, as its endpoints must be. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
            getSession().sendBinary(bytes, callback);
        }
    }

    /** Public, as its endpoints must be. */
    public final class Broadcast extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            everybody.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            everybody.forEach(session -> session.sendText(text, Callback.NOOP));
        }

        /** The bytes are Jetty's and of no use after the callback: they are copied once for all. */
        @Override
        public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            callback.succeed();
            everybody.forEach(session -> session.sendBinary(copy.duplicate(), Callback.NOOP));
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            everybody.remove(getSession());
            callback.succeed();
        }
    }
}
