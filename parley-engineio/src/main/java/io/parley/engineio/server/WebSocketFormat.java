package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketDecoder;
import io.parley.websocket.PreparedMessage;
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
