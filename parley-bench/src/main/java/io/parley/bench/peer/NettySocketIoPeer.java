package io.parley.bench.peer;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;

/**
 * netty-socketio, on the Netty and Jackson that it brings. On a WebSocket it puts a byte 4 before each attachment, which is
 * right for Engine.IO 3 alone: binary arguments come back wrong to clients of today.
 */
final class NettySocketIoPeer implements Peer {

    @Override
    public int start(PeerSetup setup) throws IOException {
        Configuration configuration = new Configuration();
        configuration.setHostname(HOST);
        configuration.setPort(freePort());
        configuration.setMaxFramePayloadLength(MAX_MESSAGE_BYTES);
        configuration.setMaxHttpContentLength(MAX_MESSAGE_BYTES);
        if (setup.loops() > 0) {
            configuration.setWorkerThreads(setup.loops());
        }
        SocketIOServer server = new SocketIOServer(configuration);
        serve(server.getNamespace(""));
        for (int i = 0; i < setup.namespaces(); i++) {
            serve(server.addNamespace("/n" + i));
        }
        server.start();
        return configuration.getPort();
    }

    /** It does not tell which port it got, so that 0 is of no use. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void serve(SocketIONamespace namespace) {
        namespace.addEventListener(
                ECHO_EVENT, String.class, (client, text, ack) -> echo(client, ECHO_EVENT, text, ack));
        namespace.addEventListener(
                ECHO_BINARY_EVENT, byte[].class, (client, bytes, ack) -> echo(client, ECHO_BINARY_EVENT, bytes, ack));
        BroadcastOperations everybody = namespace.getBroadcastOperations();
        namespace.addEventListener(
                BROADCAST_EVENT, String.class, (client, text, ack) -> everybody.sendEvent(BROADCAST_EVENT, text));
        namespace.addEventListener(
                BROADCAST_BINARY_EVENT,
                byte[].class,
                (client, bytes, ack) -> everybody.sendEvent(BROADCAST_BINARY_EVENT, (Object) bytes));
        rooms(namespace);
    }

    private static void echo(SocketIOClient client, String event, Object argument, AckRequest ack) {
        if (ack.isAckRequested()) {
            ack.sendAckData(argument);
        } else {
            client.sendEvent(event, argument);
        }
    }

    private static void rooms(SocketIONamespace namespace) {
        namespace.addEventListener(JOIN, String[].class, (client, rooms, ack) -> {
            client.joinRooms(Set.of(rooms));
            ack.sendAckData();
        });
        namespace.addEventListener(VISIT, String.class, (client, room, ack) -> {
            client.joinRoom(room);
            namespace.getRoomOperations(room).sendEvent(BROADCAST_EVENT, room);
            client.leaveRoom(room);
        });
        namespace.addEventListener(ENTER, String.class, (client, text, ack) -> {
            client.joinRoom(LOBBY);
            ack.sendAckData();
        });
        namespace.addEventListener(LOBBY, String.class, (client, text, ack) -> namespace
                .getRoomOperations(LOBBY)
                .sendEvent(BROADCAST_EVENT, text));
        namespace.addEventListener(LEAVE, String.class, (client, room, ack) -> client.leaveRoom(room));
        namespace.addMultiTypeEventListener(
                TO,
                (client, args, ack) -> namespace
                        .getRoomOperations(args.<String>get(0))
                        .sendEvent(BROADCAST_EVENT, args.<String>get(1)),
                String.class,
                String.class);
    }
}
