package io.parley.socketio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection (Socket.IO protocol 5). It holds something only while attachments of a packet
 * are on their way.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop. The packets may go anywhere.
 */
public final class PacketDecoder implements PacketParser.Decoder {

    private final JsonCodec codec;
    private final PacketLimits limits;
    private @Nullable PacketDraft pending; // non-null while attachments are to come
    private @Nullable List<ByteBuffer> attachments; // likewise

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
    @Override
    public @Nullable Packet add(String text) {
        if (pending != null) {
            throw PacketException.in(text, "Text while " + missing(pending) + " (expected: binary)");
        }
        PacketDraft draft = new PacketReader(text, codec, limits).read();
        if (draft.attachments() == 0) {
            return draft.complete(List.of());
        }
        pending = draft;
        attachments = new ArrayList<>(draft.attachments());
        return null;
    }

    /**
     * Takes a binary message: an attachment of the packet that came before.
     *
     * @param attachment shared: the bytes must not change any more
     * @return the packet; null when more of its attachments are still to come
     * @throws PacketException if no attachment was due
     */
    @Override
    public @Nullable Packet add(ByteBuffer attachment) {
        PacketDraft draft = pending;
        if (draft == null) {
            throw PacketException.in(
                    attachment,
                    "Binary of " + attachment.remaining()
                            + " bytes without a packet that announced it (expected: text)");
        }
        List<ByteBuffer> received = requireNonNull(attachments);
        received.add(attachment.slice().asReadOnlyBuffer());
        if (received.size() < draft.attachments()) {
            return null;
        }
        destroy();
        return draft.complete(received);
    }

    @Override
    public boolean isBlank() {
        return pending == null;
    }

    @Override
    public void destroy() {
        pending = null;
        attachments = null;
    }

    private String missing(PacketDraft draft) {
        int missing = draft.attachments() - requireNonNull(attachments).size();
        return missing == 1 ? "1 attachment is missing" : missing + " attachments are missing";
    }
}
