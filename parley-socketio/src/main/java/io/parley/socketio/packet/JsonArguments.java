package io.parley.socketio.packet;

import io.parley.socketio.Argument.Kind;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments as they came: slices of the packet's text, and its attachments. */
final class JsonArguments extends Arguments {

    private final Payload payload;
    private final int first; // the element that is the first argument; before it stands the event's name
    private final List<ByteBuffer> attachments;
    private final JsonCodec codec;
    private final String event; // its name; empty for an acknowledgement

    private JsonArguments(Payload payload, int first, List<ByteBuffer> attachments, JsonCodec codec, String event) {
        this.payload = payload;
        this.first = first;
        this.attachments = attachments;
        this.codec = codec;
        this.event = event;
    }

    static JsonArguments ofEvent(Payload payload, String event, List<ByteBuffer> attachments, JsonCodec codec) {
        return new JsonArguments(payload, 1, attachments, codec, event);
    }

    static JsonArguments ofAck(Payload payload, List<ByteBuffer> attachments, JsonCodec codec) {
        return new JsonArguments(payload, 0, attachments, codec, "");
    }

    @Override
    public int size() {
        return payload.count() - first;
    }

    @Override
    public void writeJson(int index, StringBuilder out, JsonCodec codec, JsonCodec.BinarySink binary) {
        Placeholders placeholders = payload.placeholders();
        int at = payload.start(first + index);
        int end = payload.end(first + index);
        for (int i = placeholders.firstFrom(at); i < placeholders.count() && placeholders.start(i) < end; i++) {
            int number = binary.add(attachments.get(placeholders.number(i)));
            out.append(payload.text(), at, placeholders.start(i));
            out.append("{\"_placeholder\":true,\"num\":").append(number).append('}');
            at = placeholders.end(i);
        }
        out.append(payload.text(), at, end);
    }

    @Override
    protected int lengthHintAt(int index) {
        return payload.end(first + index) - payload.start(first + index);
    }

    @Override
    protected String origin() {
        return first == 0 ? "acknowledgement" : '"' + event + '"';
    }

    @Override
    protected Kind kindAt(int index) {
        return switch (payload.first(first + index)) {
            case '"' -> Kind.STRING;
            case '{' -> attachmentAt(index) < 0 ? Kind.OBJECT : Kind.BINARY;
            case '[' -> Kind.ARRAY;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    @Override
    protected String stringAt(int index) {
        return payload.string(first + index);
    }

    @Override
    protected Number numberAt(int index) {
        return payload.number(first + index);
    }

    @Override
    protected boolean booleanAt(int index) {
        return payload.first(first + index) == 't';
    }

    @Override
    protected ByteBuffer bytesAt(int index) {
        return attachments.get(attachmentAt(index)).duplicate();
    }

    private int attachmentAt(int index) {
        return payload.placeholders().numberAt(payload.start(first + index));
    }

    @Override
    protected @Nullable Object valueAt(int index, Type type) {
        return codec.decode(payload.json(first + index), type, attachments);
    }

    @Override
    protected String previewAt(int index) {
        return payload.json(first + index);
    }
}
