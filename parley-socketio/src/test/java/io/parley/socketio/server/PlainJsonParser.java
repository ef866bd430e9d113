package io.parley.socketio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.SocketIoException;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketException;
import io.parley.socketio.packet.PacketParser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

// [parser]
/** Each packet is one JSON object: {"type":2,"nsp":"/","id":7,"data":["say","hello"]}. No binary values. */
final class PlainJsonParser implements PacketParser {

    /** How such a packet looks to the codec. */
    record Wire(
            Packet.Type type,
            String nsp,
            @Nullable Long id,
            @Nullable List<Object> data) {}

    private final JsonCodec codec;
    final AtomicInteger encoded = new AtomicInteger(); // packets

    /** Its packets have no attachments, and the codec bounds their depth, so that it needs no limits. */
    PlainJsonParser(JsonCodec codec) {
        this.codec = codec;
    }

    @Override
    public List<EncodedPacket> encode(Packet packet) {
        encoded.incrementAndGet();
        Wire wire =
                switch (packet.type()) {
                    case CONNECT -> wire(packet, null, List.of(((Packet.Connect) packet).payload()));
                    case CONNECT_ERROR -> wire(packet, null, List.of(((Packet.ConnectError) packet).payload()));
                    case DISCONNECT -> wire(packet, null, List.of());
                    case EVENT -> {
                        Packet.Event event = (Packet.Event) packet;
                        yield wire(packet, event.ackId(), values(event.name(), event.arguments()));
                    }
                    case ACK -> {
                        Packet.Ack ack = (Packet.Ack) packet;
                        yield wire(packet, ack.ackId(), values(null, ack.arguments()));
                    }
                };
        StringBuilder json = new StringBuilder();
        codec.encode(wire, json, bytes -> {
            throw new IllegalArgumentException(bytes.remaining() + " bytes (expected: no binary value)");
        });
        return List.of(EncodedPacket.text(json.toString()));
    }

    private static Wire wire(Packet packet, Long id, List<Object> data) {
        return new Wire(packet.type(), packet.namespace(), id, data);
    }

    private static List<Object> values(String name, Arguments arguments) {
        List<Object> values = new ArrayList<>();
        if (name != null) {
            values.add(name);
        }
        for (int i = 0; i < arguments.size(); i++) {
            values.add(arguments.source(i)); // a value of the application, or an Argument: the codec knows both
        }
        return values;
    }

    @Override
    public Decoder decoder() {
        return new Decoder() {
            @Override
            public Packet add(String text) {
                return decode(text);
            }

            @Override
            public Packet add(ByteBuffer bytes) {
                throw PacketException.in(bytes, "Binary (expected: text)");
            }
        };
    }

    private Packet decode(String text) {
        try {
            Wire wire = (Wire) codec.decode(text, Wire.class, List.of());
            return packet(wire);
        } catch (SocketIoException | ClassCastException | NullPointerException | IndexOutOfBoundsException wrong) {
            throw PacketException.in(text, "No packet");
        }
    }

    private static Packet packet(Wire wire) {
        return switch (wire.type()) {
            case CONNECT -> new Packet.Connect(wire.nsp(), null);
            case DISCONNECT -> new Packet.Disconnect(wire.nsp());
            case EVENT -> {
                List<Object> rest = wire.data().subList(1, wire.data().size());
                String name = (String) wire.data().get(0);
                yield new Packet.Event(wire.nsp(), name, Arguments.of(rest.toArray()), wire.id());
            }
            case ACK ->
                new Packet.Ack(wire.nsp(), wire.id(), Arguments.of(wire.data().toArray()));
            case CONNECT_ERROR -> new Packet.ConnectError(wire.nsp(), "{}");
        };
    }
}
// [parser]
