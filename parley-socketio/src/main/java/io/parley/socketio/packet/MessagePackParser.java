package io.parley.socketio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * MessagePack, as the official package {@code socket.io-msgpack-parser} 3 speaks it: each packet is one binary message,
 * with its binary values and dates inside. The browser's file for it is {@code socket.io.msgpack.min.js}.
 *
 * <p>To a handler it makes no difference: a date is its ISO text, undefined is null, and values become records through
 * the {@link JsonCodec} all the same. An {@link io.parley.socketio.Argument} that is sent on keeps what it was.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class MessagePackParser implements PacketParser {

    private final JsonCodec codec;
    private final PacketLimits limits;
    private final Decoder decoder = new StatelessDecoder(); // of all connections

    /** A parser for one server. {@link PacketLimits#maxAttachments} does not apply: there are none. */
    public MessagePackParser(JsonCodec codec, PacketLimits limits) {
        this.codec = requireNonNull(codec, "codec");
        this.limits = requireNonNull(limits, "limits");
    }

    @Override
    public List<EncodedPacket> encode(Packet packet) {
        return MessagePackEncoder.encode(packet, codec, limits);
    }

    @Override
    public Decoder decoder() {
        return decoder;
    }

    private final class StatelessDecoder implements Decoder {

        @Override
        public Packet add(String text) {
            throw PacketException.in(text, "Text (expected: MessagePack, so binary)");
        }

        @Override
        public Packet add(ByteBuffer message) {
            return new MessagePackReader(message, codec, limits).read();
        }
    }
}
