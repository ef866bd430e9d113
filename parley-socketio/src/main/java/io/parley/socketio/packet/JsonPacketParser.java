package io.parley.socketio.packet;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.JsonCodec;
import java.util.List;

/**
 * The default: JSON text, binary values as attachments (Socket.IO protocol 5).
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class JsonPacketParser implements PacketParser {

    private final PacketEncoder encoder;
    private final JsonCodec codec;
    private final PacketLimits limits;

    /** A parser for one server. */
    public JsonPacketParser(JsonCodec codec, PacketLimits limits) {
        encoder = new PacketEncoder(codec, limits);
        this.codec = codec;
        this.limits = limits;
    }

    @Override
    public List<EncodedPacket> encode(Packet packet) {
        return encoder.encode(packet);
    }

    @Override
    public PacketDecoder decoder() {
        return new PacketDecoder(codec, limits);
    }
}
