package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketDecoder;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;

/**
 * How packets stand in the messages of a session over WebSocket, one in each. A text message is the same in all: the
 * digit {@code 4} and the text.
 *
 * <p><b>Threading.</b> Immutable.
 */
interface WebSocketFormat {

    /** Protocol 4: a binary message is what it carries. */
    WebSocketFormat V4 = new WebSocketFormat() {

        @Override
        public PreparedMessage encode(EncodedPacket packet) {
            return packet.webSocketMessage();
        }

        @Override
        public EnginePacket decode(String text) {
            return PacketDecoder.decode(text);
        }

        @Override
        public void deliver(ByteBuffer binary, EngineSession to) {
            to.onBinary(binary);
        }
    };

    /** The form that a session of this protocol takes, by the request of the WebSocket. */
    static WebSocketFormat of(int protocol, HttpRequest request) {
        return protocol == EngineQuery.PROTOCOL ? V4 : V3WebSocketFormat.of(request);
    }

    /** The message that carries the packet. */
    PreparedMessage encode(EncodedPacket packet);

    /**
     * The packet in a text message.
     *
     * @throws io.parley.engineio.EngineException if there is none
     */
    EnginePacket decode(String text);

    /**
     * Hands the packet in a binary message over.
     *
     * @throws io.parley.engineio.EngineException if there is none
     */
    void deliver(ByteBuffer binary, EngineSession to);
}
