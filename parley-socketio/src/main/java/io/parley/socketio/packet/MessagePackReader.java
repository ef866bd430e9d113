package io.parley.socketio.packet;

import io.parley.socketio.EventNames;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one packet: a map with {@code type}, {@code nsp}, {@code data} and {@code id} in any order. Everything in it is
 * checked, in one pass; values are made when they are asked for.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class MessagePackReader {

    private static final Packet.Type[] TYPES = Packet.Type.values(); // in the order of their numbers
    private static final int ABSENT = -1;

    private final ByteBuffer bytes;
    private final JsonCodec codec;
    private final PacketLimits limits;
    private final MessagePackCursor in;
    private int depth;
    private int binaryValues;

    // Where the values of the packet are; the last one of a name counts.
    private int typeAt = ABSENT;
    private int namespaceAt = ABSENT;
    private int idAt = ABSENT;
    private int dataAt = ABSENT;
    private MessagePackElements elements = new MessagePackElements(0); // of data, if it is an array

    MessagePackReader(ByteBuffer message, JsonCodec codec, PacketLimits limits) {
        this.bytes = message.slice();
        this.codec = codec;
        this.limits = limits;
        in = new MessagePackCursor(bytes, 0);
    }

    /**
     * Reads everything.
     *
     * @throws PacketException if the bytes break a rule
     */
    Packet read() {
        scanPacket();
        Packet.Type type = readType();
        String namespace = readNamespace();
        return switch (type) {
            case CONNECT -> new Packet.Connect(namespace, readConnectPayload());
            case DISCONNECT -> readDisconnect(namespace);
            case EVENT -> readEvent(namespace);
            case ACK -> readAck(namespace);
            case CONNECT_ERROR -> new Packet.ConnectError(namespace, readErrorPayload());
        };
    }

    private void scanPacket() {
        if (in.next() != MessagePackType.MAP) {
            throw error("MessagePack that is no map");
        }
        for (int left = in.count(); left > 0; left--) {
            scanEntry();
        }
        if (in.at() < bytes.limit()) {
            throw error((bytes.limit() - in.at()) + " bytes after the packet (expected: none)");
        }
    }

    private void scanEntry() {
        String key = scanKey() == MessagePackType.STRING ? in.string() : "";
        int value = in.at();
        switch (key) {
            case "type" -> typeAt = value;
            case "nsp" -> namespaceAt = value;
            case "id" -> idAt = value;
            case "data" -> {
                dataAt = value;
                scanData();
                return;
            }
            default -> {} // "options", for example, which are the sender's own
        }
        scanValue();
    }

    /** Notes where the elements are, for most packets have an array there. */
    private void scanData() {
        if (in.next() == MessagePackType.ARRAY) {
            elements = scanElements(in.count());
        } else {
            scanCurrent();
        }
    }

    private MessagePackElements scanElements(int count) {
        MessagePackElements scanned = new MessagePackElements(count);
        enter();
        for (int i = 0; i < count; i++) {
            scanned.start(in.at());
            scanValue();
        }
        scanned.end(in.at());
        depth--;
        return scanned;
    }

    private void scanValue() {
        in.next();
        scanCurrent();
    }

    private void scanCurrent() {
        switch (in.type()) {
            case ARRAY -> scanArray(in.count());
            case MAP -> scanMap(in.count());
            case BINARY, EXTENSION -> countBinary();
            case NIL, UNDEFINED, BOOLEAN, INTEGER, FLOAT, STRING, DATE -> {}
        }
    }

    private void scanArray(int count) {
        enter();
        for (int i = 0; i < count; i++) {
            scanValue();
        }
        depth--;
    }

    private void scanMap(int count) {
        enter();
        for (int i = 0; i < count; i++) {
            scanKey();
            scanValue();
        }
        depth--;
    }

    private MessagePackType scanKey() {
        MessagePackType key = in.next();
        if (key != MessagePackType.STRING && key != MessagePackType.INTEGER && key != MessagePackType.FLOAT) {
            throw error("Map key that is " + key + " (expected: a string or a number)");
        }
        return key;
    }

    private void enter() {
        if (++depth > limits.maxDepth()) {
            throw error("MessagePack nested deeper than " + limits.maxDepth() + " levels");
        }
    }

    private void countBinary() {
        if (++binaryValues > limits.maxBinaryValues()) {
            throw error("More than " + limits.maxBinaryValues() + " binary values");
        }
    }

    private Packet.Type readType() {
        long type = typeAt == ABSENT ? ABSENT : readInteger(typeAt);
        if (type < 0 || type >= TYPES.length) {
            throw error("Packet without a valid type (expected: an integer from 0 to " + (TYPES.length - 1) + ")");
        }
        return TYPES[(int) type];
    }

    /** The integer there; -1 when it is anything else, or negative. */
    private long readInteger(int at) {
        MessagePackCursor value = new MessagePackCursor(bytes, at);
        if (value.next() == MessagePackType.INTEGER) {
            return Math.max(value.number().longValue(), -1);
        }
        double number = value.type() == MessagePackType.FLOAT ? value.number().doubleValue() : -1;
        return number == Math.rint(number) && number >= 0 && number <= 0x1p53 ? (long) number : -1;
    }

    private String readNamespace() {
        MessagePackCursor value = new MessagePackCursor(bytes, namespaceAt);
        if (namespaceAt == ABSENT || value.next() != MessagePackType.STRING) {
            throw error("Packet without a namespace (expected: nsp, a string)");
        }
        return value.string();
    }

    /** What {@code data} is; undefined when there is none. */
    private MessagePackType dataType() {
        return dataAt == ABSENT ? MessagePackType.UNDEFINED : new MessagePackCursor(bytes, dataAt).next();
    }

    private Packet readDisconnect(String namespace) {
        if (dataType() != MessagePackType.UNDEFINED) {
            throw error("DISCONNECT with a payload (expected: none)");
        }
        return new Packet.Disconnect(namespace);
    }

    private @Nullable String readConnectPayload() {
        MessagePackType type = dataType();
        if (type == MessagePackType.UNDEFINED) {
            return null;
        }
        if (type != MessagePackType.MAP) {
            throw error("CONNECT whose payload is no object (expected: an object or nothing)");
        }
        return dataAsJson();
    }

    private String readErrorPayload() {
        MessagePackType type = dataType();
        if (type != MessagePackType.MAP && type != MessagePackType.STRING) {
            throw error("CONNECT_ERROR whose payload is neither an object nor a string");
        }
        return dataAsJson();
    }

    private String dataAsJson() {
        StringBuilder json = new StringBuilder();
        new MessagePackToJson(new MessagePackCursor(bytes, dataAt), json, null).write();
        return json.toString();
    }

    private Packet readEvent(String namespace) {
        requireArray();
        String name = readEventName();
        return new Packet.Event(namespace, name, MessagePackArguments.ofEvent(bytes, elements, codec, name), readId());
    }

    private Packet readAck(String namespace) {
        requireArray();
        Long id = readId();
        if (id == null) {
            throw error("ACK without an id (expected: the id of the event)");
        }
        return new Packet.Ack(namespace, id, MessagePackArguments.ofAck(bytes, elements, codec));
    }

    private void requireArray() {
        if (dataType() != MessagePackType.ARRAY) {
            throw error("Event or acknowledgement whose payload is no array");
        }
    }

    private @Nullable Long readId() {
        if (idAt == ABSENT || new MessagePackCursor(bytes, idAt).next() == MessagePackType.UNDEFINED) {
            return null;
        }
        long id = readInteger(idAt);
        if (id < 0) {
            throw error("Acknowledgement id that is none (expected: an integer from 0 to " + Long.MAX_VALUE + ")");
        }
        return id;
    }

    private String readEventName() {
        if (elements.count() == 0) {
            throw error("Event without a name (expected: a string first)");
        }
        MessagePackCursor name = new MessagePackCursor(bytes, elements.startOf(0));
        return switch (name.next()) {
            case STRING -> usable(name.string());
            case INTEGER, FLOAT -> JsonNumbers.toJavaScript(name.number());
            case NIL, UNDEFINED, BOOLEAN, BINARY, DATE, EXTENSION, ARRAY, MAP ->
                throw error("Event whose name is no string");
        };
    }

    private String usable(String name) {
        if (EventNames.isReserved(name)) {
            throw error("Event name \"" + name + "\" is reserved");
        }
        return name;
    }

    private PacketException error(String problem) {
        return PacketException.in(bytes, problem);
    }
}
