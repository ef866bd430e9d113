package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Messages as they go over a WebSocket, framed, masked and compressed, or over polling: made before anything is measured. To
 * send one is to copy it and to put its number in.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Encoded {

    /** Acknowledgement ids are these and more: each has seven digits. */
    static final int FIRST_ID = Limits.MAX_UNDER_WAY;

    static final int ID_DIGITS = 7;

    private static final String NO_ID = "0".repeat(ID_DIGITS);
    private static final int NOWHERE = -1;
    private static final int BASE64_GROUPS_BYTES = 9; // that hold the number

    private final Payloads payloads;
    private final byte[][] wire;
    private final boolean masked;
    private final boolean inBase64; // the number
    private final int numberAt; // NOWHERE if messages are compressed
    private final int numberPhase; // its place in its frame's payload
    private final int idAt; // NOWHERE unless they are to be acknowledged
    private final int idPhase;

    private Encoded(
            Payloads payloads,
            byte[][] wire,
            boolean masked,
            boolean inBase64,
            int numberAt,
            int numberPhase,
            int idAt,
            int idPhase) {
        this.payloads = payloads;
        this.wire = wire;
        this.masked = masked;
        this.inBase64 = inBase64;
        this.numberAt = numberAt;
        this.numberPhase = numberPhase;
        this.idAt = idAt;
        this.idPhase = idPhase;
    }

    /** No messages. */
    static Encoded none() {
        return new Encoded(
                new Payloads(Limits.MIN_PAYLOAD_BYTES), new byte[1][0], false, false, NOWHERE, 0, NOWHERE, 0);
    }

    static Encoded of(Messages messages, Payloads payloads, Target target) {
        if (!messages.isEvent()) {
            return raw(messages, payloads, target.deflate());
        }
        Packet packet = Packet.of(messages, target.namespace());
        return target.wire() == Wire.SOCKETIO_POLLING ? polling(packet, payloads) : event(packet, payloads);
    }

    private static Encoded raw(Messages messages, Payloads payloads, boolean deflate) {
        int opcode = messages.kind() == Messages.Kind.TEXT ? Frames.TEXT : Frames.BINARY;
        byte[][] wire = new byte[payloads.count()][];
        for (int i = 0; i < wire.length; i++) {
            byte[] payload = payloads.payload(i);
            wire[i] = Frames.frame(opcode, deflate, deflate ? Deflated.deflate(payload) : payload, payloads.mask(i));
        }
        int numberAt = deflate ? NOWHERE : Frames.headerBytes(payloads.bytes());
        return new Encoded(payloads, wire, true, false, numberAt, 0, NOWHERE, 0);
    }

    private static Encoded event(Packet packet, Payloads payloads) {
        byte[][] wire = new byte[payloads.count()][];
        int textBytes = packet.text(payloads.payload(0)).length;
        for (int i = 0; i < wire.length; i++) {
            byte[] payload = payloads.payload(i);
            wire[i] = Frames.frame(Frames.TEXT, false, packet.text(payload), payloads.mask(i));
            if (packet.binary()) {
                wire[i] = joined(wire[i], Frames.frame(Frames.BINARY, false, payload, payloads.mask(i)));
            }
        }
        int header = Frames.headerBytes(textBytes);
        int idAt = packet.idAt() < 0 ? NOWHERE : header + packet.idAt();
        int numberAt = packet.binary()
                ? header + textBytes + Frames.headerBytes(payloads.bytes())
                : header + packet.payloadAt();
        int numberPhase = packet.binary() ? 0 : packet.payloadAt();
        return new Encoded(payloads, wire, true, false, numberAt, numberPhase, idAt, packet.idAt());
    }

    private static Encoded polling(Packet packet, Payloads payloads) {
        byte[][] wire = new byte[payloads.count()][];
        int textBytes = packet.text(payloads.payload(0)).length;
        for (int i = 0; i < wire.length; i++) {
            byte[] payload = payloads.payload(i);
            wire[i] = packet.text(payload);
            if (packet.binary()) {
                byte[] attachment = Base64.getEncoder().encode(payload);
                wire[i] = joined(joined(wire[i], new byte[] {PollingTransport.SEPARATOR, 'b'}), attachment);
            }
        }
        int numberAt = packet.binary() ? textBytes + 2 : packet.payloadAt();
        return new Encoded(payloads, wire, false, packet.binary(), numberAt, 0, packet.idAt(), 0);
    }

    private static byte[] joined(byte[] some, byte[] more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(some.length + more.length);
        all.writeBytes(some);
        all.writeBytes(more);
        return all.toByteArray();
    }

    /** The bytes of a message. */
    int bytes() {
        return wire[0].length;
    }

    /** Whether messages have numbers: compressed ones have none. */
    boolean areNumbered() {
        return numberAt != NOWHERE;
    }

    /** Appends the message with that number to {@code out}, borrowed. */
    void append(int number, ByteBuf out) {
        int index = payloads.indexOf(number);
        int start = out.writerIndex();
        out.writeBytes(wire[index]);
        int mask = masked ? payloads.mask(index) : 0;
        if (inBase64) {
            out.setBytes(start + numberAt, beginning(index, number));
        } else if (numberAt != NOWHERE) {
            long turned = Integer.rotateLeft(mask, (numberPhase & 3) * 8) & 0xFFFFFFFFL;
            out.setLong(start + numberAt, Numbers.digits(number) ^ ((turned << 32) | turned));
        }
        if (idAt != NOWHERE) {
            int id = FIRST_ID | (number & (FIRST_ID - 1));
            for (int i = ID_DIGITS - 1; i >= 0; i--, id /= 10) {
                out.setByte(start + idAt + i, ('0' + id % 10) ^ Frames.maskByte(mask, idPhase + i));
            }
        }
    }

    /** The beginning of a payload in base64, as far as it depends on the number. */
    private byte[] beginning(int index, int number) {
        byte[] payload = payloads.payload(index);
        ByteBuffer changed = ByteBuffer.allocate(Math.min(BASE64_GROUPS_BYTES, payload.length));
        changed.putLong(Numbers.digits(number));
        if (changed.hasRemaining()) {
            changed.put(payload[Numbers.DIGITS]);
        }
        return Base64.getEncoder().encode(changed.array());
    }

    /**
     * The text of an event around its payload.
     *
     * @param before the payload
     * @param after it
     * @param idAt where the acknowledgement's id begins, or -1
     * @param binary whether the payload stands elsewhere
     */
    record Packet(String before, String after, int idAt, boolean binary) {

        static Packet of(Messages messages, String namespace) {
            boolean binary = messages.kind() == Messages.Kind.BINARY_EVENT;
            String head = head(binary ? "451-" : "42", namespace);
            String id = messages.acknowledgement() == null ? "" : NO_ID;
            String name = "[\"" + messages.event() + "\",";
            return new Packet(
                    head + id + name + (binary ? "{\"_placeholder\":true,\"num\":0}" : "\""),
                    binary ? "]" : "\"]",
                    id.isEmpty() ? NOWHERE : head.length(),
                    binary);
        }

        /** A packet's first characters, up to where an id may be. */
        static String head(String type, String namespace) {
            return type + (namespace.equals("/") ? "" : namespace + ",");
        }

        byte[] text(byte[] payload) {
            return (before + (binary ? "" : new String(payload, US_ASCII)) + after).getBytes(US_ASCII);
        }

        int payloadAt() {
            return before.length();
        }
    }
}
