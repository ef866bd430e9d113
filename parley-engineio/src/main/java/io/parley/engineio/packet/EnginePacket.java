package io.parley.engineio.packet;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * One Engine.IO packet (protocol 4). Immutable, so it may be shared between threads and sent to many sessions.
 *
 * <p>A binary packet has no type on the wire: it always is a message.
 */
public sealed interface EnginePacket {

    /** What this packet is, for a {@code switch}. */
    Type type();

    /** The types, by the digit that stands first in the text form. */
    enum Type {
        /** {@code 0}: the session begins. */
        OPEN('0'),
        /** {@code 1}: the session is over. */
        CLOSE('1'),
        /** {@code 2}: a heartbeat, or the probe of an upgrade. */
        PING('2'),
        /** {@code 3}: the answer to a ping. */
        PONG('3'),
        /** {@code 4}: a message, text or binary. */
        MESSAGE('4'),
        /** {@code 5}: the client moves to this transport. */
        UPGRADE('5'),
        /** {@code 6}: nothing, to end a poll. */
        NOOP('6');

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        /** The digit on the wire. */
        public char digit() {
            return digit;
        }
    }

    /** The first packet of a session. Its data is a JSON object; empty when a client asks for an upgrade. */
    record Open(String data) implements EnginePacket {

        /** Checks the data. */
        public Open {
            requireNonNull(data, "data");
        }

        @Override
        public Type type() {
            return Type.OPEN;
        }
    }

    /** The end of a session. */
    record Close() implements EnginePacket {

        @Override
        public Type type() {
            return Type.CLOSE;
        }
    }

    /** A heartbeat when {@code data} is empty, the upgrade probe when it is {@code "probe"}. */
    record Ping(String data) implements EnginePacket {

        /** Checks the data. */
        public Ping {
            requireNonNull(data, "data");
        }

        @Override
        public Type type() {
            return Type.PING;
        }
    }

    /** The answer to a ping, with the ping's data. */
    record Pong(String data) implements EnginePacket {

        /** Checks the data. */
        public Pong {
            requireNonNull(data, "data");
        }

        @Override
        public Type type() {
            return Type.PONG;
        }
    }

    /** A text message. */
    record Text(String text) implements EnginePacket {

        /** Checks the text. */
        public Text {
            requireNonNull(text, "text");
        }

        @Override
        public Type type() {
            return Type.MESSAGE;
        }
    }

    /** A binary message. Shares the bytes it is given: they must not change afterwards. */
    record Binary(ByteBuffer bytes) implements EnginePacket {

        /** Takes the bytes from the buffer's position to its limit. */
        public Binary {
            bytes = bytes.slice().asReadOnlyBuffer();
        }

        /** The bytes, read-only, with a position of the caller's own. */
        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        @Override
        public Type type() {
            return Type.MESSAGE;
        }
    }

    /** The client moves to the transport that carries this packet. */
    record Upgrade() implements EnginePacket {

        @Override
        public Type type() {
            return Type.UPGRADE;
        }
    }

    /** Nothing: it answers a poll that has to end. */
    record Noop() implements EnginePacket {

        @Override
        public Type type() {
            return Type.NOOP;
        }
    }
}
