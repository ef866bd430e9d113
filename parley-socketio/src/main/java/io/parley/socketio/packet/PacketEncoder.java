package io.parley.socketio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes packets (Socket.IO protocol 5, "Packet encoding"): one text message, then a binary message for each binary
 * value in it.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class PacketEncoder {

    private static final int HEADER_LENGTH = 40; // type, number of attachments, id, brackets and quotes

    private final JsonCodec codec;
    private final PacketLimits limits;

    /** An encoder with the default limits. */
    public PacketEncoder(JsonCodec codec) {
        this(codec, PacketLimits.DEFAULT);
    }

    /** An encoder with limits: what the other side takes. */
    public PacketEncoder(JsonCodec codec, PacketLimits limits) {
        this.codec = requireNonNull(codec, "codec");
        this.limits = requireNonNull(limits, "limits");
    }

    /**
     * Encodes a packet, to be sent to any number of recipients.
     *
     * @return the messages in the order in which they must be sent
     * @throws IllegalArgumentException if an argument cannot become JSON, or if there are more binary values than
     *     {@link PacketLimits#maxAttachments}
     */
    public List<EncodedPacket> encode(Packet packet) {
        return switch (packet.type()) {
            case CONNECT -> {
                Packet.Connect connect = (Packet.Connect) packet;
                yield text(header('0', connect.namespace(), 0), connect.payload());
            }
            case DISCONNECT -> text(header('1', packet.namespace(), 0), null);
            case EVENT -> encodeEvent((Packet.Event) packet);
            case ACK -> encodeAck((Packet.Ack) packet);
            case CONNECT_ERROR -> text(header('4', packet.namespace(), 0), ((Packet.ConnectError) packet).payload());
        };
    }

    private List<EncodedPacket> encodeEvent(Packet.Event event) {
        int length = event.name().length() + event.arguments().lengthHint();
        StringBuilder out = header('2', event.namespace(), length);
        if (event.ackId() != null) {
            out.append(event.ackId().longValue());
        }
        Attachments attachments = new Attachments(limits);
        codec.encode(event.name(), out.append('['), attachments);
        writeRest(event.arguments(), 0, out, attachments);
        return attachments.join('5', out);
    }

    private List<EncodedPacket> encodeAck(Packet.Ack ack) {
        StringBuilder out = header('3', ack.namespace(), ack.arguments().lengthHint())
                .append(ack.ackId())
                .append('[');
        Attachments attachments = new Attachments(limits);
        Arguments arguments = ack.arguments();
        if (!arguments.isEmpty()) {
            arguments.writeJson(0, out, codec, attachments);
        }
        writeRest(arguments, 1, out, attachments);
        return attachments.join('6', out);
    }

    private void writeRest(Arguments arguments, int from, StringBuilder out, Attachments attachments) {
        for (int i = from; i < arguments.size(); i++) {
            arguments.writeJson(i, out.append(','), codec, attachments);
        }
        out.append(']');
    }

    private static StringBuilder header(char type, String namespace, int payloadLength) {
        StringBuilder out = new StringBuilder(HEADER_LENGTH + namespace.length() + payloadLength).append(type);
        if (!namespace.equals("/")) {
            out.append(namespace).append(',');
        }
        return out;
    }

    private static List<EncodedPacket> text(StringBuilder out, @Nullable String payload) {
        if (payload != null) {
            out.append(payload);
        }
        return List.of(EncodedPacket.text(out.toString()));
    }
}
