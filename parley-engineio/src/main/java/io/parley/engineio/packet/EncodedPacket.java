package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A packet encoded for sending. Its form for each transport is built when the first recipient needs it and then
 * shared, so a broadcast costs one encoding (Engine.IO protocols 4 and 3, "Packet encoding").
 *
 * <p><b>Threading.</b> Immutable to the eye, so safe for any thread.
 */
public final class EncodedPacket {

    /** One object, so that every recipient shares the form. */
    private static final Function<PreparedMessage, ByteBuffer> BINARY_STREAM_FORM = EncodedPacket::toBinaryStreamForm;

    /** A packet of one byte, {@code b}: base64 of nothing. */
    private static final ByteBuffer EMPTY_BINARY =
            ByteBuffer.wrap(new byte[] {1, 'b'}).asReadOnlyBuffer();

    private static final byte BINARY_MARK = (byte) 0x80;

    private final @Nullable String text; // the type digit and the data; null for a binary message
    private final @Nullable ByteBuffer bytes; // null for a text packet
    private final boolean compress;
    private volatile @Nullable PreparedMessage message; // null until the first WebSocket recipient
    private volatile @Nullable ByteBuffer base64; // null until the first polling recipient of a binary message
    private volatile @Nullable V3Forms v3Forms; // null until the first recipient of a binary message with protocol 3

    private EncodedPacket(@Nullable String text, @Nullable ByteBuffer bytes, boolean compress) {
        this.text = text;
        this.bytes = bytes;
        this.compress = compress;
    }

    /** A text message: packet type {@code 4} and the text. */
    public static EncodedPacket text(String text) {
        return text(EnginePacket.Type.MESSAGE, text);
    }

    /**
     * A binary message.
     *
     * @param bytes shared: they must not change any more
     */
    public static EncodedPacket binary(ByteBuffer bytes) {
        return new EncodedPacket(null, bytes.slice().asReadOnlyBuffer(), true);
    }

    /** Any packet. */
    public static EncodedPacket of(EnginePacket packet) {
        return switch (packet.type()) {
            case OPEN -> text(packet.type(), ((EnginePacket.Open) packet).data());
            case PING -> text(packet.type(), ((EnginePacket.Ping) packet).data());
            case PONG -> text(packet.type(), ((EnginePacket.Pong) packet).data());
            case MESSAGE ->
                packet instanceof EnginePacket.Binary binary
                        ? binary(binary.bytes())
                        : text(((EnginePacket.Text) packet).text());
            case CLOSE, UPGRADE, NOOP -> text(packet.type(), "");
        };
    }

    private static EncodedPacket text(EnginePacket.Type type, String data) {
        return new EncodedPacket(type.digit() + requireNonNull(data, "text"), null, true);
    }

    /**
     * This packet with another say about compression (the official {@code compress} option of a packet). What was
     * encoded already is shared.
     *
     * @param allowed false for what must not be compressed, over whichever transport it goes
     */
    public EncodedPacket compress(boolean allowed) {
        if (allowed == compress) {
            return this;
        }
        EncodedPacket other = new EncodedPacket(text, bytes, allowed);
        other.message = message;
        other.base64 = base64;
        return other;
    }

    /** Whether the packet may be compressed, where that was agreed on; true unless {@link #compress(boolean)} said no. */
    public boolean compress() {
        return compress;
    }

    /** How long its content is: characters of a text, the type digit included, or bytes of a binary message. */
    public int length() {
        return text != null ? text.length() : requireNonNull(bytes).remaining();
    }

    /** The packet as one WebSocket message: the type digit and the data, or the bytes as they are. */
    public PreparedMessage webSocketMessage() {
        PreparedMessage prepared = message;
        if (prepared == null) {
            prepared = text != null ? PreparedMessage.text(text) : PreparedMessage.binary(requireNonNull(bytes));
            message = prepared; // two threads may build it twice: equal, so either serves
        }
        return prepared;
    }

    /**
     * The packet as it stands in a polling payload, read-only: the type digit and the data in UTF-8, or {@code b} and
     * base64.
     */
    public ByteBuffer pollingForm() {
        if (text != null) {
            return webSocketMessage().payload(); // the same bytes
        }
        ByteBuffer encoded = base64;
        if (encoded == null) {
            encoded = toBase64(requireNonNull(bytes));
            base64 = encoded;
        }
        return encoded.duplicate();
    }

    /**
     * The packet as it stands in a stream of packets, read-only: its length and the packet, see
     * {@link PacketStreamDecoder}. A text packet shares the bytes of its WebSocket form, whose frame is a type byte and
     * the same length. A binary message without a byte, which the framing cannot carry, stands there as base64.
     */
    public ByteBuffer streamForm() {
        PreparedMessage prepared = webSocketMessage();
        if (prepared.length() == 0) {
            return EMPTY_BINARY.duplicate();
        }
        return prepared.isText() ? withoutFirstByte(prepared) : prepared.encodedBy(BINARY_STREAM_FORM);
    }

    private static ByteBuffer withoutFirstByte(PreparedMessage prepared) {
        return prepared.frame().position(1).slice();
    }

    private static ByteBuffer toBinaryStreamForm(PreparedMessage prepared) {
        ByteBuffer form = withoutFirstByte(prepared);
        byte[] bytes = new byte[form.remaining()];
        form.get(bytes);
        bytes[0] |= BINARY_MARK;
        return ByteBuffer.wrap(bytes);
    }

    /** Whether it is a binary message. */
    public boolean isBinary() {
        return text == null;
    }

    /** The packet as one WebSocket message of protocol 3: a binary one begins with its type as a byte. */
    public PreparedMessage typedMessage() {
        return text != null ? webSocketMessage() : v3Forms().typed();
    }

    /** The packet as text for a client of protocol 3 that takes no binary: {@code b}, the type's digit and base64. */
    public PreparedMessage base64Message() {
        return text != null ? webSocketMessage() : v3Forms().base64();
    }

    /** The length of {@link #base64Message} in UTF-16 code units. */
    int base64Length() {
        return text != null ? text.length() : v3Forms().base64().length();
    }

    private V3Forms v3Forms() {
        V3Forms forms = v3Forms;
        if (forms == null) {
            forms = new V3Forms(requireNonNull(bytes));
            v3Forms = forms;
        }
        return forms;
    }

    private static ByteBuffer toBase64(ByteBuffer bytes) {
        ByteBuffer digits = Base64.getEncoder().encode(bytes.duplicate());
        return ByteBuffer.allocate(1 + digits.remaining())
                .put("b".getBytes(ISO_8859_1))
                .put(digits)
                .flip()
                .asReadOnlyBuffer();
    }
}
