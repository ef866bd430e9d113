package io.parley.socketio.packet;

import io.parley.socketio.EventNames;
import io.parley.socketio.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text message of one packet from left to right: type, number of attachments, namespace, acknowledgement id,
 * payload.
 *
 * <p><b>Threading.</b> Confined to the decoder it belongs to.
 */
final class PacketReader {

    private static final int MAX_COUNT_DIGITS = 9;
    private static final long NO_ID = -1;

    private final String text;
    private final JsonCodec codec;
    private final PacketLimits limits;
    private int at;
    private long ackId = NO_ID;

    PacketReader(String text, JsonCodec codec, PacketLimits limits) {
        this.text = text;
        this.codec = codec;
        this.limits = limits;
    }

    /**
     * Reads everything.
     *
     * @throws PacketException if the text breaks a rule
     */
    PacketDraft read() {
        Kind kind = readKind();
        int attachments = kind.binary ? readAttachmentCount() : 0;
        String namespace = readNamespace();
        readAckId();
        return switch (kind.type) {
            case CONNECT -> PacketDraft.of(new Packet.Connect(namespace, readConnectPayload()));
            case DISCONNECT -> PacketDraft.of(readDisconnect(namespace));
            case EVENT -> readEvent(namespace, attachments);
            case ACK -> readAck(namespace, attachments);
            case CONNECT_ERROR -> PacketDraft.of(new Packet.ConnectError(namespace, readErrorPayload()));
        };
    }

    /** The types on the wire, in the order of their digits. */
    private enum Kind {
        CONNECT(Packet.Type.CONNECT, false),
        DISCONNECT(Packet.Type.DISCONNECT, false),
        EVENT(Packet.Type.EVENT, false),
        ACK(Packet.Type.ACK, false),
        CONNECT_ERROR(Packet.Type.CONNECT_ERROR, false),
        BINARY_EVENT(Packet.Type.EVENT, true),
        BINARY_ACK(Packet.Type.ACK, true);

        private static final Kind[] BY_DIGIT = values();

        private final Packet.Type type;
        private final boolean binary;

        Kind(Packet.Type type, boolean binary) {
            this.type = type;
            this.binary = binary;
        }
    }

    private Kind readKind() {
        if (text.isEmpty()) {
            throw new PacketException("Empty packet (expected: a type, '0' to '6')");
        }
        int digit = text.charAt(at++) - '0';
        if (digit < 0 || digit >= Kind.BY_DIGIT.length) {
            throw error("Packet type " + PacketException.quoted(text.charAt(0)) + " (expected: '0' to '6')");
        }
        return Kind.BY_DIGIT[digit];
    }

    private int readAttachmentCount() {
        int start = at;
        int end = skipDigits();
        if (end == start || !startsWith('-')) {
            throw error("No number of attachments (expected: a number and '-')");
        }
        at++;
        int count = end - start > MAX_COUNT_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text, start, end, 10);
        if (count < 1 || count > limits.maxAttachments()) {
            throw error("Number of attachments " + text.substring(start, Math.min(end, start + MAX_COUNT_DIGITS + 1))
                    + " (expected: 1 to " + limits.maxAttachments() + ")");
        }
        return count;
    }

    private String readNamespace() {
        if (!startsWith('/')) {
            return "/";
        }
        int start = at;
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        at = comma < 0 ? end : end + 1;
        return text.substring(start, end);
    }

    private void readAckId() {
        int start = at;
        int end = skipDigits();
        if (end > start) {
            ackId = parseId(start, end);
        }
    }

    private long parseId(int start, int end) {
        try {
            return Long.parseLong(text, start, end, 10);
        } catch (NumberFormatException expected) { // only digits, so there are too many
            throw error(
                    "Acknowledgement id of " + (end - start) + " digits (expected: at most " + Long.MAX_VALUE + ")");
        }
    }

    private int skipDigits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private boolean startsWith(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean hasPayload() {
        return at < text.length();
    }

    private Packet readDisconnect(String namespace) {
        if (hasPayload()) {
            throw error("DISCONNECT with a payload (expected: none)");
        }
        return new Packet.Disconnect(namespace);
    }

    private @Nullable String readConnectPayload() {
        if (!hasPayload()) {
            return null;
        }
        int start = scanValue();
        if (text.charAt(start) != '{') {
            throw error("CONNECT whose payload is no object (expected: an object or nothing)");
        }
        return text.substring(start);
    }

    private String readErrorPayload() {
        int start = scanValue();
        if (text.charAt(start) != '{' && text.charAt(start) != '"') {
            throw error("CONNECT_ERROR whose payload is neither an object nor a string");
        }
        return text.substring(start);
    }

    private int scanValue() {
        return new JsonScanner(text, at, limits.maxDepth(), null).scanOnlyValue();
    }

    private PacketDraft readEvent(String namespace, int attachments) {
        Payload payload = readArray(attachments);
        String name = eventName(payload);
        Long id = ackId == NO_ID ? null : (Long) ackId;
        return new PacketDraft(
                attachments,
                binaries ->
                        new Packet.Event(namespace, name, JsonArguments.ofEvent(payload, name, binaries, codec), id));
    }

    private PacketDraft readAck(String namespace, int attachments) {
        if (ackId == NO_ID) {
            throw error("ACK without an id (expected: the id of the event)");
        }
        Payload payload = readArray(attachments);
        return new PacketDraft(
                attachments,
                binaries -> new Packet.Ack(namespace, ackId, JsonArguments.ofAck(payload, binaries, codec)));
    }

    private Payload readArray(int attachments) {
        Placeholders placeholders = attachments == 0 ? null : new Placeholders(limits.maxAttachments());
        JsonScanner scanner = new JsonScanner(text, at, limits.maxDepth(), placeholders);
        scanner.scanOnlyArray();
        if (placeholders != null) {
            check(placeholders, attachments);
        }
        return new Payload(text, scanner, placeholders == null ? Placeholders.NONE : placeholders);
    }

    private void check(Placeholders placeholders, int attachments) {
        if (placeholders.overflows()) {
            throw error("More than " + limits.maxAttachments() + " placeholders");
        }
        for (int i = 0; i < placeholders.count(); i++) {
            int number = placeholders.number(i);
            if (number < 0 || number >= attachments) {
                String found = PacketException.excerpt(text.substring(placeholders.start(i), placeholders.end(i)));
                throw error("Placeholder " + found + " (expected: num from 0 to " + (attachments - 1) + ")");
            }
        }
    }

    private String eventName(Payload payload) {
        if (payload.count() == 0) {
            throw error("Event without a name (expected: a string first)");
        }
        char first = payload.first(0);
        if (first == '"') {
            return usable(payload.string(0));
        }
        if (first != '-' && (first < '0' || first > '9')) {
            throw error("Event whose name is no string");
        }
        return JsonNumbers.toJavaScript(payload.number(0));
    }

    private String usable(String name) {
        if (EventNames.isReserved(name)) {
            throw error("Event name \"" + name + "\" is reserved");
        }
        return name;
    }

    private PacketException error(String problem) {
        return PacketException.in(text, problem);
    }
}
