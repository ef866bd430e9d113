package io.parley.socketio.packet;

import io.parley.socketio.Argument.Kind;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as they came: slices of a MessagePack packet. To a handler they are what a client with the JSON parser
 * would have sent: a date is its ISO text; what is undefined or not finite is null.
 */
final class MessagePackArguments extends Arguments {

    private static final int CHARS_PER_BYTE = 2; // as JSON, about

    private final ByteBuffer bytes;
    private final MessagePackElements elements;
    private final int first; // the element that is the first argument; before it stands the event's name
    private final JsonCodec codec;
    private final String event; // its name; empty for an acknowledgement

    private MessagePackArguments(
            ByteBuffer bytes, MessagePackElements elements, int first, JsonCodec codec, String event) {
        this.bytes = bytes;
        this.elements = elements;
        this.first = first;
        this.codec = codec;
        this.event = event;
    }

    static MessagePackArguments ofEvent(ByteBuffer bytes, MessagePackElements elements, JsonCodec codec, String event) {
        return new MessagePackArguments(bytes, elements, 1, codec, event);
    }

    static MessagePackArguments ofAck(ByteBuffer bytes, MessagePackElements elements, JsonCodec codec) {
        return new MessagePackArguments(bytes, elements, 0, codec, "");
    }

    /** The argument as it came. */
    ByteBuffer encoded(int index) {
        return bytes.slice(elements.startOf(first + index), elements.lengthOf(first + index));
    }

    @Override
    public int size() {
        return elements.count() - first;
    }

    @Override
    public void writeJson(int index, StringBuilder out, JsonCodec codec, JsonCodec.BinarySink binary) {
        new MessagePackToJson(cursor(index), out, binary).write();
    }

    @Override
    protected int lengthHintAt(int index) {
        return CHARS_PER_BYTE * elements.lengthOf(first + index);
    }

    @Override
    protected String origin() {
        return first == 0 ? "acknowledgement" : '"' + event + '"';
    }

    @Override
    protected Kind kindAt(int index) {
        MessagePackCursor value = read(index);
        return switch (value.type()) {
            case NIL, UNDEFINED -> Kind.NULL;
            case BOOLEAN -> Kind.BOOLEAN;
            case INTEGER -> Kind.NUMBER;
            case FLOAT -> Double.isFinite(value.number().doubleValue()) ? Kind.NUMBER : Kind.NULL;
            case STRING -> Kind.STRING;
            case DATE -> value.isValidDate() ? Kind.STRING : Kind.NULL;
            case BINARY -> Kind.BINARY;
            case EXTENSION, ARRAY -> Kind.ARRAY;
            case MAP -> Kind.OBJECT;
        };
    }

    @Override
    protected String stringAt(int index) {
        MessagePackCursor value = read(index);
        return value.type() == MessagePackType.DATE ? MessagePackToJson.isoText(value.date()) : value.string();
    }

    @Override
    protected Number numberAt(int index) {
        return read(index).number();
    }

    @Override
    protected boolean booleanAt(int index) {
        return read(index).bool();
    }

    @Override
    protected ByteBuffer bytesAt(int index) {
        return read(index).binary();
    }

    @Override
    protected @Nullable Object valueAt(int index, Type type) {
        List<ByteBuffer> attachments = new ArrayList<>(0);
        return codec.decode(json(index, attachments), type, attachments);
    }

    @Override
    protected String previewAt(int index) {
        return json(index, new ArrayList<>(0));
    }

    private String json(int index, List<ByteBuffer> attachments) {
        StringBuilder json = new StringBuilder(lengthHintAt(index));
        writeJson(index, json, codec, value -> {
            attachments.add(value);
            return attachments.size() - 1;
        });
        return json.toString();
    }

    private MessagePackCursor read(int index) {
        MessagePackCursor value = cursor(index);
        value.next();
        return value;
    }

    private MessagePackCursor cursor(int index) {
        return new MessagePackCursor(bytes, elements.startOf(first + index));
    }
}
