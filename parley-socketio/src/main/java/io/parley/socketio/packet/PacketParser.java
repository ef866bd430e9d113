package io.parley.socketio.packet;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How packets look on the wire: the {@code parser} option of both sides, which must have the same. The default is
 * {@link JsonPacketParser}.
 *
 * <p>A parser of your own checks what a peer sends (nothing else does), bounds what a peer can make grow, and gives
 * events {@link io.parley.socketio.Arguments} of a form of its own, or {@link io.parley.socketio.Arguments#of}.
 *
 * <p><b>Threading.</b> Safe for any thread: packets are encoded on the thread that emits.
 */
public interface PacketParser {

    /**
     * Encodes a packet, to be sent to any number of recipients: a broadcast is encoded once.
     *
     * @return the messages in the order in which they must be sent, at least one
     * @throws IllegalArgumentException if an argument cannot be encoded
     */
    List<EncodedPacket> encode(Packet packet);

    /** A decoder for one connection. */
    Decoder decoder();

    /**
     * Makes packets of the messages of one connection.
     *
     * <p><b>Threading.</b> Confined to the connection's event loop, so nothing here may block. The packets may go
     * anywhere.
     */
    interface Decoder {

        /**
         * Takes a text message.
         *
         * @return the packet; null when more of its messages are still to come
         * @throws PacketException if it breaks a rule: the connection is closed for that
         */
        @Nullable
        Packet add(String text);

        /**
         * Takes a binary message.
         *
         * @param bytes shared: they do not change any more
         * @return the packet; null when more of its messages are still to come
         * @throws PacketException if it breaks a rule: the connection is closed for that
         */
        @Nullable
        Packet add(ByteBuffer bytes);

        /**
         * Whether a new decoder would do as well: no packet is under way, and nothing else is remembered. Then it is
         * dropped, and the next message gets a new one, because most connections wait for a message, each of them with a
         * decoder of its own.
         */
        default boolean isBlank() {
            return false;
        }

        /** The connection is over: drops what waits for more messages. */
        default void destroy() {}
    }

    /** Makes the parser of a server: {@code MessagePackParser::new}, for example. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a parser.
         *
         * @param codec what turns the application's values into JSON and back
         * @param limits how large a packet may be
         */
        PacketParser create(JsonCodec codec, PacketLimits limits);
    }
}
