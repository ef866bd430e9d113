package io.parley.bench.path;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.packet.JsonPacketParser;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketLimits;
import io.parley.socketio.packet.PacketParser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is encoded and decoded: the packets of usual events, and both parsers. */
final class Packets {

    private static final Position SOMEWHERE = new Position("vehicle-4711", 52.520008, 13.404954, 1_700_000_000_000L);

    private Packets() {}

    /** A small value of an application's. */
    record Position(String id, double latitude, double longitude, long at) {}

    /** One of {@code json} and {@code msgpack}. */
    static PacketParser parser(String name) {
        JsonCodec codec = JsonCodec.standard();
        return switch (name) {
            case "json" -> new JsonPacketParser(codec, PacketLimits.DEFAULT);
            case "msgpack" -> new MessagePackParser(codec, PacketLimits.DEFAULT);
            default -> throw new IllegalArgumentException("Parser " + name);
        };
    }

    /** One of {@code text-64}, {@code record}, {@code request}, {@code ack} and {@code binary-1k}. */
    static Packet packet(String name) {
        return switch (name) {
            case "text-64" -> event(null, "x".repeat(64));
            case "record" -> event(null, SOMEWHERE);
            case "request" -> event(4711L, "x".repeat(64));
            case "ack" -> new Packet.Ack("/", 4711, Arguments.of("ok"));
            case "binary-1k" -> event(null, ByteBuffer.allocate(1024));
            default -> throw new IllegalArgumentException("Packet " + name);
        };
    }

    private static Packet event(@Nullable Long ackId, Object argument) {
        return new Packet.Event("/", "chat message", Arguments.of(argument), ackId);
    }

    /** The messages of a packet as a decoder takes them: strings, and binary ones. */
    static List<Object> messages(PacketParser parser, Packet packet) {
        List<Object> messages = new ArrayList<>();
        for (EncodedPacket message : parser.encode(packet)) {
            ByteBuffer payload = message.webSocketMessage().payload();
            if (message.isBinary()) {
                messages.add(payload);
            } else {
                messages.add(new String(bytesOf(payload), 1, payload.remaining() - 1, UTF_8));
            }
        }
        return messages;
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
