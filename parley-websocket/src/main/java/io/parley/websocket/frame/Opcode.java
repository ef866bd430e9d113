package io.parley.websocket.frame;

import io.parley.websocket.CloseCode;
import org.jspecify.annotations.Nullable;

/** What a frame is (RFC 6455 section 5.2). */
public enum Opcode {
    /** A further part of a message. */
    CONTINUATION(0x0),
    /** The first part of a text message. */
    TEXT(0x1),
    /** The first part of a binary message. */
    BINARY(0x2),
    /** The end of the connection. */
    CLOSE(0x8),
    /** Asks for a pong. */
    PING(0x9),
    /** Answers a ping. */
    PONG(0xA);

    private static final @Nullable Opcode[] BY_CODE = byCode();

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** @throws FrameException if the code is a reserved one */
    static Opcode of(int code) {
        Opcode opcode = BY_CODE[code];
        if (opcode == null) {
            throw new FrameException(
                    CloseCode.PROTOCOL_ERROR,
                    "Opcode 0x" + Integer.toHexString(code) + " (expected: 0x0 to 0x2 or 0x8 to 0xa)");
        }
        return opcode;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    boolean isControl() {
        return code >= 0x8;
    }

    private static @Nullable Opcode[] byCode() {
        @Nullable Opcode[] opcodes = new @Nullable Opcode[16];
        for (Opcode opcode : values()) {
            opcodes[opcode.code] = opcode;
        }
        return opcodes;
    }
}
