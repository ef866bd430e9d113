package io.parley.bench.path;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.bench.codec.Pipelines;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.connection.NettyEventLoop;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.frame.Role;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.nio.ByteBuffer;

/**
 * A client of a server, connected without a network: what it sends is read by the server's own WebSocket, and what the
 * server sends is taken to where the kernel would take it.
 *
 * <p><b>Threading.</b> Confined to one thread, which is the event loop as well.
 */
final class OfflineClient {

    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final EmbeddedChannel channel;

    private OfflineClient(EmbeddedChannel channel) {
        this.channel = channel;
    }

    /** A client in the main namespace. */
    static OfflineClient connect(SocketIoServer io) {
        EmbeddedChannel channel = Pipelines.channel();
        io.handle(new Handshake(channel));
        OfflineClient client = new OfflineClient(channel);
        ByteBuf joining = Unpooled.wrappedBuffer(frame("40".getBytes(UTF_8)));
        client.send(joining);
        joining.release();
        if (io.sockets().sockets().isEmpty()) {
            throw new IllegalStateException("The client was not let in");
        }
        return client;
    }

    /** Has one read bring these bytes, and the server do what is to be done. */
    void send(ByteBuf bytes) {
        channel.pipeline().fireChannelRead(bytes.retainedDuplicate()).fireChannelReadComplete();
        channel.runPendingTasks();
    }

    /** A text frame of a client, whose mask is zero: bytes may be sent again, unmasking does not change them. */
    static byte[] frame(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** The request that becomes the WebSocket. */
    private record Handshake(EmbeddedChannel channel) implements HttpExchange {

        @Override
        public HttpRequest request() {
            HttpHeaders headers = HttpHeaders.of("Host", "localhost", "Connection", "Upgrade", "Upgrade", "websocket");
            return new HttpRequest("GET", TARGET, headers, null, false);
        }

        @Override
        public EventLoop eventLoop() {
            return NettyEventLoop.of(channel.eventLoop());
        }

        @Override
        public void readBody(int maxBytes, BodyReader reader) {
            reader.onBody(ByteBuffer.allocate(0));
        }

        @Override
        public boolean isWebSocketUpgrade() {
            return true;
        }

        @Override
        public void respond(HttpResponse response) {
            throw new IllegalStateException("Answered with " + response.status() + " (expected: an upgrade)");
        }

        @Override
        public void upgrade(WebSocketUpgrade options, WebSocketListener listener) {
            NettyWebSocketConnection connection = new NettyWebSocketConnection(
                    channel, Role.SERVER, options.connection(), Agreement.plain(""), listener);
            channel.pipeline().addLast(connection);
            connection.open(ByteBuffer.allocate(0));
            channel.runPendingTasks();
        }

        @Override
        public void onAbort(Runnable listener) {}
    }
}
