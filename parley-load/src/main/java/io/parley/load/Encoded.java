package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/**
 * Messages as they go over a WebSocket: framed, masked and compressed before anything is measured. To send one is to copy
 * it and to put its number in.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Encoded {

    /** Acknowledgement ids are these and more: each has seven digits. */
    static final int FIRST_ID = Limits.MAX_UNDER_WAY;

    static final int ID_DIGITS = 7;

    private static final String NO_ID = "0".repeat(ID_DIGITS);
    private static final int NOWHERE = -1;

    private final Payloads payloads;
    private final byte[][] wire;
    private final int numberAt; // NOWHERE if messages are compressed
    private final int numberPhase; // its place in its frame's payload
    private final int idAt; // NOWHERE unless they are to be acknowledged
    private final int idPhase;

    private Encoded(Payloads payloads, byte[][] wire, int numberAt, int numberPhase, int idAt, int idPhase) {
        this.payloads = payloads;
        this.wire = wire;
        this.numberAt = numberAt;
        this.numberPhase = numberPhase;
        this.idAt = idAt;
        this.idPhase = idPhase;
    }

    /** No messages. */
    static Encoded none() {
        return new Encoded(new Payloads(Limits.MIN_PAYLOAD_BYTES), new byte[1][0], NOWHERE, 0, NOWHERE, 0);
    }

    static Encoded of(Messages messages, Payloads payloads, Target target) {
        return messages.isEvent()
                ? event(messages, payloads, target.namespace())
                : raw(messages, payloads, target.deflate());
    }

    private static Encoded raw(Messages messages, Payloads payloads, boolean deflate) {
        int opcode = messages.kind() == Messages.Kind.TEXT ? Frames.TEXT : Frames.BINARY;
        byte[][] wire = new byte[payloads.count()][];
        for (int i = 0; i < wire.length; i++) {
            byte[] payload = payloads.payload(i);
            wire[i] = Frames.frame(opcode, deflate, deflate ? Deflated.deflate(payload) : payload, payloads.mask(i));
        }
        int numberAt = deflate ? NOWHERE : Frames.headerBytes(payloads.bytes());
        return new Encoded(payloads, wire, numberAt, 0, NOWHERE, 0);
    }

    private static Encoded event(Messages messages, Payloads payloads, String namespace) {
        Packet packet = Packet.of(messages, namespace);
        byte[][] wire = new byte[payloads.count()][];
        int textBytes = 0;
        for (int i = 0; i < wire.length; i++) {
            byte[] text = packet.text(payloads.payload(i)).getBytes(US_ASCII);
            wire[i] = Frames.frame(Frames.TEXT, false, text, payloads.mask(i));
            textBytes = text.length;
            if (messages.kind() == Messages.Kind.BINARY_EVENT) {
                wire[i] = joined(wire[i], Frames.frame(Frames.BINARY, false, payloads.payload(i), payloads.mask(i)));
            }
        }
        int header = Frames.headerBytes(textBytes);
        int idAt = packet.idAt() < 0 ? NOWHERE : header + packet.idAt();
        return messages.kind() == Messages.Kind.BINARY_EVENT
                ? new Encoded(
                        payloads,
                        wire,
                        header + textBytes + Frames.headerBytes(payloads.bytes()),
                        0,
                        idAt,
                        packet.idAt())
                : new Encoded(payloads, wire, header + packet.payloadAt(), packet.payloadAt(), idAt, packet.idAt());
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
        int mask = payloads.mask(index);
        if (numberAt != NOWHERE) {
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
            return requireNonNull(type) + (namespace.equals("/") ? "" : namespace + ",");
        }

        String text(byte[] payload) {
            return before + (binary ? "" : new String(payload, US_ASCII)) + after;
        }

        int payloadAt() {
            return before.length();
        }
    }
}
