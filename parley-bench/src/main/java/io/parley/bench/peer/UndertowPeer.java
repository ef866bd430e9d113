package io.parley.bench.peer;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.Pooled;

/** Undertow. */
@SuppressWarnings("deprecation") // Pooled: it is what Undertow hands out
final class UndertowPeer implements Peer {

    private final Set<WebSocketChannel> everybody = ConcurrentHashMap.newKeySet();

    @Override
    public int start(PeerSetup setup) {
        Undertow server = Undertow.builder()
                .addHttpListener(0, HOST)
                .setHandler(Handlers.path()
                        .addExactPath(ECHO, endpoint(new Echo(), setup.deflate()))
                        .addExactPath(BROADCAST, endpoint(new Broadcast(), setup.deflate())))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return address.getPort();
    }

    private WebSocketProtocolHandshakeHandler endpoint(Receiver receiver, boolean deflate) {
        WebSocketProtocolHandshakeHandler handler = Handlers.websocket((exchange, channel) -> {
            receiver.opened(channel);
            channel.getReceiveSetter().set(receiver);
            channel.resumeReceives();
        });
        return deflate ? handler.addExtension(new PerMessageDeflateHandshake()) : handler;
    }

    /** Takes whole messages. */
    private abstract static class Receiver extends AbstractReceiveListener {

        void opened(WebSocketChannel channel) {}

        @Override
        protected long getMaxTextBufferSize() {
            return MAX_MESSAGE_BYTES;
        }

        @Override
        protected long getMaxBinaryBufferSize() {
            return MAX_MESSAGE_BYTES;
        }
    }

    private static final class Echo extends Receiver {

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            Pooled<ByteBuffer[]> bytes = message.getData();
            WebSockets.sendBinary(bytes.getResource(), channel, new Free(), bytes);
        }
    }

    private final class Broadcast extends Receiver {

        @Override
        void opened(WebSocketChannel channel) {
            everybody.add(channel);
            channel.addCloseTask(everybody::remove);
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            String text = message.getData();
            everybody.forEach(one -> WebSockets.sendText(text, one, null));
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            Pooled<ByteBuffer[]> bytes = message.getData();
            ByteBuffer merged = WebSockets.mergeBuffers(bytes.getResource());
            bytes.close();
            everybody.forEach(one -> WebSockets.sendBinary(merged.duplicate(), one, null));
        }
    }

    /** Gives a message's buffers back to the pool. */
    private static final class Free implements WebSocketCallback<Pooled<ByteBuffer[]>> {

        @Override
        public void complete(WebSocketChannel channel, Pooled<ByteBuffer[]> bytes) {
            bytes.close();
        }

        @Override
        public void onError(WebSocketChannel channel, Pooled<ByteBuffer[]> bytes, Throwable thrown) {
            bytes.close();
        }
    }
}
