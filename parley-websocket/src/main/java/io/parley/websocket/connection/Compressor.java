package io.parley.websocket.connection;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.frame.CompressedFrame;
import io.parley.websocket.frame.DeflateParameters;
import io.parley.websocket.frame.MessageDeflater;
import io.parley.websocket.frame.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what one connection sends, if that was agreed on.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class Compressor {

    private final int threshold;
    private final MessageDeflater deflater;
    private final CompressedFrame shared;

    private Compressor(DeflateOptions options, int windowBits, boolean contextTakeover) {
        threshold = options.threshold();
        deflater = new MessageDeflater(windowBits, contextTakeover, options.level());
        shared = new CompressedFrame(windowBits, options.level());
    }

    /** Null when messages are not compressed. */
    static @Nullable Compressor of(Role role, ConnectionOptions options, @Nullable DeflateParameters agreed) {
        if (agreed == null) {
            return null;
        }
        DeflateOptions deflate = options.deflate().orElse(DeflateOptions.defaults());
        return role == Role.SERVER
                ? new Compressor(deflate, agreed.serverMaxWindowBits(), !agreed.serverNoContextTakeover())
                : new Compressor(deflate, agreed.clientMaxWindowBits(), !agreed.clientNoContextTakeover());
    }

    /** Whether a message of that length is worth it. */
    boolean compresses(int length) {
        return length >= threshold;
    }

    /**
     * Deflates a message or a part of it.
     *
     * @param out borrowed: the output is appended
     */
    void deflate(ByteBuffer payload, boolean last, ByteBuf out) {
        deflater.deflate(payload, last, out);
    }

    /** The frame that all connections with the same window share: what comes after it must not refer to before it. */
    ByteBuffer frameOf(PreparedMessage message) {
        deflater.reset();
        return message.encodedBy(shared);
    }

    void close() {
        deflater.close();
    }
}
