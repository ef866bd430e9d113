package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.CloseCode;
import io.parley.websocket.ConnectionOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages and control frames of the bytes of one connection, cut anywhere (RFC 6455 sections 5 to 8).
 *
 * <p>All input is used up at once: what a frame still lacks is remembered here, so a connection between two messages
 * owns no buffer. A mistake is found at the first byte that shows it, a length that is too long in its header.
 *
 * <p>After a {@link FrameException} or a close frame the decoder is of no more use.
 *
 * <p><b>Threading.</b> Confined to its connection's event loop.
 */
public final class FrameDecoder {

    private static final int FINAL_BIT = 0x8000; // of the first two bytes, read as one number
    private static final int RESERVED_BITS = 0x7000;
    private static final int COMPRESSED_BIT = 0x4000;
    private static final int MASK_BIT = 0x0080;
    private static final int LENGTH_BITS = 0x007F;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** What comes next. */
    private enum Step {
        HEAD,
        LENGTH,
        MASK,
        PAYLOAD
    }

    private final Role role;
    private final ConnectionOptions options;
    private final @Nullable DeflateParameters deflate; // null when messages are not compressed

    private Step step = Step.HEAD;
    private long gathered; // the bytes of the step under way that have come so far
    private int gatheredBytes;

    private int head; // the first two bytes of the frame under way
    private Opcode opcode = Opcode.CONTINUATION;
    private long length;
    private long missing; // payload bytes that have not come yet
    private int mask; // 0 for none

    private @Nullable IncomingMessage message; // non-null from the first frame of a message to its last
    private @Nullable MessageInflater inflater; // non-null from the first compressed message on
    private @Nullable Payload control; // non-null while a control frame is under way
    private int frames; // that came whole, since they were asked for last

    /** A decoder that hands over whole messages, without compression and without a limit of its own for frames. */
    FrameDecoder(Role role, int maxMessageBytes) {
        this(role, ConnectionOptions.builder().maxMessageBytes(maxMessageBytes).build(), null);
    }

    /**
     * A decoder for one connection.
     *
     * @param role which end of it this is
     * @param deflate what was agreed on; null when messages are not compressed
     */
    public FrameDecoder(Role role, ConnectionOptions options, @Nullable DeflateParameters deflate) {
        this.role = role;
        this.deflate = deflate;
        this.options = options;
    }

    /** Gives back what a message under way holds: it will not be complete. */
    public void close() {
        if (inflater != null) {
            inflater.close();
        }
    }

    /** How many frames have come whole since this was asked for last. */
    public int takeFrames() {
        int taken = frames;
        frames = 0;
        return taken;
    }

    /** Whether nothing has to be remembered for what comes next: a new decoder would do as well. */
    public boolean isBlank() {
        return step == Step.HEAD && gatheredBytes == 0 && message == null && inflater == null;
    }

    /**
     * Decodes up to the end of the next message or control frame, or to what there is of the next part of a message
     * if it is handed over in parts, and hands it over.
     *
     * @param in borrowed: the reader index moves, the caller releases
     * @return whether something was handed over; if not, {@code in} is used up
     * @throws FrameException if the peer broke the protocol. What came before has been handed over
     */
    public boolean decode(ByteBuf in, FrameListener listener) {
        int start = in.readerIndex(); // of the frame under way, or of what has come of it now
        try {
            while (readHeader(in)) {
                boolean handedOver = missing > 0 && readPayload(in, listener);
                if (missing > 0) {
                    return handedOver;
                }
                step = Step.HEAD;
                frames++;
                // At once, even if a part was handed over: whoever pauses now is not called again without more input.
                if (finishFrame(listener) || handedOver) {
                    return true;
                }
                start = in.readerIndex();
            }
            return false;
        } catch (FrameException mistake) {
            throw mistake.in(in, start);
        }
    }

    private boolean readHeader(ByteBuf in) {
        return (step != Step.HEAD || readHead(in))
                && (step != Step.LENGTH || readLength(in))
                && (step != Step.MASK || readMask(in));
    }

    private boolean readHead(ByteBuf in) {
        if (!gather(in, 2)) {
            return false;
        }
        head = (int) takeGathered();
        checkReservedBits();
        opcode = Opcode.of((head >> 8) & 0xF);
        checkMaskBit();
        length = head & LENGTH_BITS;
        if (opcode.isControl()) {
            checkControlFrame();
        } else {
            checkSequence();
        }
        if (length >= LENGTH_IN_2_BYTES) {
            step = Step.LENGTH;
        } else {
            lengthIsKnown();
        }
        return true;
    }

    private boolean readLength(ByteBuf in) {
        if (!gather(in, length == LENGTH_IN_2_BYTES ? 2 : 8)) {
            return false;
        }
        long shorterForm = length == LENGTH_IN_2_BYTES ? LENGTH_IN_2_BYTES - 1 : 0xFFFF;
        length = takeGathered();
        if (length < 0) {
            throw protocolError("Length with the highest bit set (expected: at most 2^63 - 1)");
        }
        if (length <= shorterForm) {
            throw protocolError("Length " + length + " in a long form (expected: the shortest that holds it)");
        }
        lengthIsKnown();
        return true;
    }

    private boolean readMask(ByteBuf in) {
        if (!gather(in, 4)) {
            return false;
        }
        mask = (int) takeGathered();
        step = Step.PAYLOAD;
        return true;
    }

    /** Reads what there is of the payload; returns whether some of it was handed over. */
    private boolean readPayload(ByteBuf in, FrameListener listener) {
        int count = (int) Math.min(missing, in.readableBytes());
        if (count == 0) {
            return false;
        }
        int key = mask;
        mask = Masking.turn(mask, count);
        missing -= count;
        if (opcode.isControl()) {
            control().append(in, count, key);
            return false;
        }
        return message().append(in, count, key, listener);
    }

    /** Hands over what ends with the frame; returns whether that is something. */
    private boolean finishFrame(FrameListener listener) {
        if (opcode.isControl()) {
            finishControlFrame(listener);
            return true;
        }
        if (isFinal()) {
            IncomingMessage complete = message();
            message = null;
            complete.end(listener);
            return true;
        }
        return false;
    }

    private void finishControlFrame(FrameListener listener) {
        Payload payload = control();
        control = null;
        switch (opcode) {
            case PING -> listener.onPing(payload.bytes());
            case PONG -> listener.onPong(payload.bytes());
            default -> ClosePayload.decode(payload.bytes(), listener);
        }
    }

    /** One bit has a meaning, when compression was agreed on: on the first frame of a message (RFC 7692 section 6). */
    private void checkReservedBits() {
        int reserved = head & RESERVED_BITS;
        if (reserved == 0) {
            return;
        }
        if (deflate == null) {
            throw protocolError("RSV bits " + (reserved >> 12) + " (expected: 0, no extension was negotiated)");
        }
        int code = (head >> 8) & 0xF;
        if (reserved != COMPRESSED_BIT || (code != Opcode.TEXT.code() && code != Opcode.BINARY.code())) {
            throw protocolError("RSV bits " + (reserved >> 12)
                    + " (expected: 0, or 4 on the first frame of a message that is compressed)");
        }
    }

    private void checkMaskBit() {
        boolean masked = (head & MASK_BIT) != 0;
        if (masked && role == Role.CLIENT) {
            throw protocolError("Masked frame from a server (expected: an unmasked one)");
        }
        if (!masked && role == Role.SERVER) {
            throw protocolError("Unmasked frame from a client (expected: a masked one)");
        }
    }

    private void checkControlFrame() {
        if (!isFinal()) {
            throw protocolError(opcode + " frame in fragments (expected: one frame)");
        }
        if (length > FrameEncoder.MAX_CONTROL_PAYLOAD) {
            throw protocolError(opcode + " frame with more than 125 bytes (expected: at most 125)");
        }
    }

    private void checkSequence() {
        boolean continues = opcode == Opcode.CONTINUATION;
        if (continues && message == null) {
            throw protocolError("CONTINUATION frame without a message to continue (expected: TEXT or BINARY)");
        }
        if (!continues && message != null) {
            throw protocolError(opcode + " frame inside a fragmented message (expected: CONTINUATION)");
        }
    }

    private void lengthIsKnown() {
        step = role == Role.SERVER ? Step.MASK : Step.PAYLOAD;
        missing = length;
        if (opcode.isControl()) {
            control = new Payload(false);
            control.endsAt((int) length);
        } else {
            beginFrame();
        }
    }

    private void beginFrame() {
        int maxFrameBytes = options.maxFrameBytes();
        if (length > maxFrameBytes && maxFrameBytes != NO_LIMIT) {
            throw new FrameException(
                    CloseCode.MESSAGE_TOO_BIG, "Frame too big (expected: at most " + maxFrameBytes + " bytes)");
        }
        if (message == null) {
            message = newMessage(opcode == Opcode.TEXT);
        }
        message.beginFrame(length, isFinal());
    }

    private IncomingMessage newMessage(boolean text) {
        IncomingMessage plain =
                options.streaming() ? new PartedMessage(text) : new WholeMessage(text, options.maxMessageBytes());
        return deflate != null && (head & COMPRESSED_BIT) != 0 ? new InflatedMessage(inflater(deflate), plain) : plain;
    }

    /** The peer's window and context are those of the other end. */
    private MessageInflater inflater(DeflateParameters agreed) {
        if (inflater == null) {
            inflater = role == Role.SERVER
                    ? new MessageInflater(agreed.clientMaxWindowBits(), !agreed.clientNoContextTakeover())
                    : new MessageInflater(agreed.serverMaxWindowBits(), !agreed.serverNoContextTakeover());
        }
        return inflater;
    }

    private boolean isFinal() {
        return (head & FINAL_BIT) != 0;
    }

    @SuppressWarnings("NullAway") // made when the length of the frame was known
    private IncomingMessage message() {
        return message;
    }

    @SuppressWarnings("NullAway") // made when the length of the frame was known
    private Payload control() {
        return control;
    }

    /** Whether {@code size} bytes of this step are here now, the first of them in the highest place. */
    private boolean gather(ByteBuf in, int size) {
        while (gatheredBytes < size && in.isReadable()) {
            gathered = (gathered << 8) | in.readUnsignedByte();
            gatheredBytes++;
        }
        return gatheredBytes == size;
    }

    private long takeGathered() {
        long taken = gathered;
        gathered = 0;
        gatheredBytes = 0;
        return taken;
    }

    private static FrameException protocolError(String message) {
        return new FrameException(CloseCode.PROTOCOL_ERROR, message);
    }
}
