package io.parley.socketio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.JsonCodec;
import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Packets as a transport carries them: each message a {@link String} or {@code byte[]}. */
final class Wire {

    private Wire() {}

    /** The messages of an encoded packet, through UTF-8 as on the network. */
    static List<Object> messages(List<EncodedPacket> packets) {
        List<Object> messages = new ArrayList<>();
        for (EncodedPacket packet : packets) {
            PreparedMessage message = packet.webSocketMessage();
            ByteBuffer payload = message.payload();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            messages.add(message.isText() ? new String(bytes, UTF_8).substring(1) : bytes);
        }
        return messages;
    }

    /** The packet that the messages are; null when more are to come. */
    static Packet decode(List<Object> messages) {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        Packet packet = null;
        for (Object message : messages) {
            packet =
                    message instanceof String text ? decoder.add(text) : decoder.add(ByteBuffer.wrap((byte[]) message));
        }
        return packet;
    }
}
