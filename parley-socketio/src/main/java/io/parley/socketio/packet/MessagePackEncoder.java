package io.parley.socketio.packet;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Argument;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one packet as one binary message: a map with {@code type}, {@code data}, {@code id} and
 * {@code nsp}, in the order in which the official server writes them.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class MessagePackEncoder {

    private static final int HEADER_LENGTH = 64;

    private final JsonCodec codec;
    private final boolean standard; // the codec is the one whose scalars we know
    private final int maxDepth;
    private final MessagePackWriter out;

    private MessagePackEncoder(JsonCodec codec, int maxDepth, MessagePackWriter out) {
        this.codec = codec;
        this.standard = codec.equals(JsonCodec.standard());
        this.maxDepth = maxDepth;
        this.out = out;
    }

    static List<EncodedPacket> encode(Packet packet, JsonCodec codec, PacketLimits limits) {
        MessagePackWriter out =
                new MessagePackWriter(HEADER_LENGTH + packet.namespace().length() + lengthHint(packet));
        new MessagePackEncoder(codec, limits.maxDepth(), out).write(packet);
        return List.of(EncodedPacket.binary(out.toBuffer()));
    }

    private static int lengthHint(Packet packet) {
        return switch (packet.type()) {
            case EVENT ->
                ((Packet.Event) packet).name().length()
                        + ((Packet.Event) packet).arguments().lengthHint();
            case ACK -> ((Packet.Ack) packet).arguments().lengthHint();
            case CONNECT, DISCONNECT, CONNECT_ERROR -> 0;
        };
    }

    private void write(Packet packet) {
        switch (packet.type()) {
            case CONNECT -> writePayload(packet, ((Packet.Connect) packet).payload());
            case DISCONNECT -> writePayload(packet, null);
            case EVENT -> writeEvent((Packet.Event) packet);
            case ACK -> writeAck((Packet.Ack) packet);
            case CONNECT_ERROR -> writePayload(packet, ((Packet.ConnectError) packet).payload());
        }
    }

    private void writePayload(Packet packet, @Nullable String json) {
        begin(packet, json == null ? 2 : 3);
        if (json != null) {
            out.writeString("data");
            new JsonToMessagePack(json, List.of(), out).write();
        }
        end(packet, null);
    }

    private void writeEvent(Packet.Event event) {
        begin(event, event.ackId() == null ? 3 : 4);
        out.writeString("data");
        out.writeArray(1 + event.arguments().size());
        writeValue(event.name());
        writeElements(event.arguments());
        end(event, event.ackId());
    }

    private void writeAck(Packet.Ack ack) {
        begin(ack, 4);
        out.writeString("data");
        out.writeArray(ack.arguments().size());
        writeElements(ack.arguments());
        end(ack, ack.ackId());
    }

    private void begin(Packet packet, int entries) {
        out.writeMap(entries);
        out.writeString("type");
        out.writeInteger(numberOf(packet.type()));
    }

    private static int numberOf(Packet.Type type) {
        return switch (type) {
            case CONNECT -> 0;
            case DISCONNECT -> 1;
            case EVENT -> 2;
            case ACK -> 3;
            case CONNECT_ERROR -> 4;
        };
    }

    private void end(Packet packet, @Nullable Long id) {
        if (id != null) {
            out.writeString("id");
            out.writeInteger(id);
        }
        out.writeString("nsp");
        out.writeString(packet.namespace());
    }

    private void writeElements(Arguments arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            writeValue(arguments.source(i));
        }
    }

    private void writeValue(@Nullable Object value) {
        if (value instanceof Argument argument) {
            writeArgument(argument);
        } else if (!standard || !writeSimple(value)) {
            Attachments attachments = new Attachments();
            StringBuilder json = new StringBuilder();
            codec.encode(value, json, attachments);
            writeJson(json.toString(), attachments);
        }
    }

    /** What came in this form is sent on as it is. */
    private void writeArgument(Argument argument) {
        Arguments arguments = argument.arguments();
        if (arguments instanceof MessagePackArguments received) {
            out.writeRaw(received.encoded(argument.index()));
            return;
        }
        Object source = arguments.source(argument.index());
        if (source instanceof Argument same && same.arguments().equals(arguments)) { // encoded in another form
            Attachments attachments = new Attachments();
            StringBuilder json = new StringBuilder();
            argument.writeJson(json, codec, attachments);
            writeJson(json.toString(), attachments);
        } else {
            writeValue(source);
        }
    }

    /** Writes a value that the standard codec would make the same of; false if it is another one. */
    private boolean writeSimple(@Nullable Object value) {
        if (value == null) {
            out.writeNil();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long) {
            out.writeInteger(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof byte[] bytes) {
            out.writeBinary(ByteBuffer.wrap(bytes));
        } else {
            return false;
        }
        return true;
    }

    private void writeJson(String json, Attachments attachments) {
        if (!standard) {
            requireValid(json);
        }
        new JsonToMessagePack(json, attachments.values, out).write();
    }

    private void requireValid(String json) {
        try {
            new JsonScanner(json, 0, maxDepth, null).scanOnlyValue();
        } catch (PacketException invalid) {
            throw new IllegalArgumentException("The codec's text is no JSON: " + invalid.getMessage(), invalid);
        }
    }

    /** The binary values and dates of one value. */
    private static final class Attachments implements JsonCodec.BinarySink {

        private final List<Object> values = new ArrayList<>(0);

        @Override
        public int add(ByteBuffer bytes) {
            return number(bytes);
        }

        @Override
        public int addDate(Instant date) {
            return number(date);
        }

        private int number(Object value) {
            values.add(value);
            return values.size() - 1;
        }
    }
}
