package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflates the messages that one connection sends (RFC 7692 section 7.2.1).
 *
 * <p>With context takeover it owns some 260 KiB of native memory from its first message until {@link #close}; without,
 * only while a message is under way, and shares it with the other connections.
 *
 * <p>The JDK's deflater has one window, of 32 KiB. A smaller one is kept by forgetting all in time: between two such
 * moments there is never more than the window, so nothing can refer farther back. That costs some of the ratio.
 *
 * <p><b>Threading.</b> Confined to its connection's event loop.
 */
public final class MessageDeflater implements AutoCloseable {

    private static final int FIXED_WINDOW = 1 << DeflateParameters.MAX_WINDOW_BITS;
    private static final int MAX_PIECE = 64 * 1024; // the collector may have to wait while one is deflated
    private static final int MARK_BYTES = 4; // 00 00 ff ff, the end of every flush
    private static final int MAX_LEVEL = 9;
    private static final byte[] NOTHING = {};

    private static final List<Spares<Deflater>> SPARES_BY_LEVEL =
            Stream.generate(Spares<Deflater>::new).limit(MAX_LEVEL + 1).toList();

    private final int window;
    private final boolean contextTakeover;
    private final int level;

    private @Nullable Deflater deflater; // ours; null when there is nothing to remember
    private int remembered; // bytes since all was forgotten, counted up to the window
    private boolean underWay; // a message has begun and not ended

    /**
     * A deflater for one connection.
     *
     * @param windowBits how far references may go back, 8 to 15 (RFC 7692 section 7.1.2)
     * @param contextTakeover whether they may go to earlier messages (RFC 7692 section 7.1.1)
     * @param level how hard to try, 1 to 9
     * @throws IllegalArgumentException if a number is out of its range
     */
    public MessageDeflater(int windowBits, boolean contextTakeover, int level) {
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("level: " + level + " (expected: 1 to 9)");
        }
        window = 1 << DeflateParameters.checkWindowBits("windowBits", windowBits);
        this.contextTakeover = contextTakeover;
        this.level = level;
    }

    /**
     * Deflates a message, or the next piece of one. What comes out of a piece holds all of the piece, and is the payload
     * of one frame (RFC 7692 section 6.1); for an empty piece that is not the last one nothing comes out.
     *
     * @param payload borrowed: its position goes to its limit
     * @param last whether the message ends with it
     * @param out borrowed: in one part and able to grow; the output is appended
     */
    public void deflate(ByteBuffer payload, boolean last, ByteBuf out) {
        if (payload.hasRemaining()) {
            deflatePieces(payload, out);
            if (last) {
                out.writerIndex(out.writerIndex() - MARK_BYTES);
            }
        } else if (last) {
            out.writeByte(0); // an empty block without its mark (RFC 7692 section 7.2.3.6)
        }
        underWay = !last;
        if (last && !contextTakeover) {
            close();
        }
    }

    /**
     * Forgets every earlier message: what is sent next refers to nothing before it.
     *
     * <p>That is for a connection with context takeover that has sent a compressed frame made by somebody else, as
     * {@link CompressedFrame} does once for many. The receiver has that frame in its window and this object has not, so
     * distances into what was before would be wrong. The receiver's window only holds more than is used of it.
     *
     * @throws IllegalStateException inside a message
     */
    public void reset() {
        if (underWay) {
            throw new IllegalStateException("reset() inside a message (expected: after its last piece)");
        }
        remembered = 0; // which the next piece, if there is one, will act upon
    }

    /** Frees what is held, in the middle of a message too. May be called again. */
    @Override
    public void close() {
        if (deflater != null) {
            if (!SPARES_BY_LEVEL.get(level).give(deflater)) {
                deflater.end();
            }
            deflater = null;
        }
        underWay = false;
        remembered = 0;
    }

    private void deflatePieces(ByteBuffer payload, ByteBuf out) {
        int end = payload.limit();
        while (payload.hasRemaining()) {
            Deflater ready = deflaterFor(payload.remaining());
            int piece = Math.min(payload.remaining(), pieceBytes());
            payload.limit(payload.position() + piece);
            deflatePiece(ready, payload, out);
            payload.limit(end);
            remembered = Math.min(FIXED_WINDOW, remembered + piece);
        }
    }

    /** The deflater, which remembers nothing if the next bytes do not fit into the window beside it. */
    private Deflater deflaterFor(int bytes) {
        if (deflater == null) {
            Deflater spare = SPARES_BY_LEVEL.get(level).take();
            deflater = spare != null ? spare : new Deflater(level, true);
            remembered = 0;
        }
        if (window < FIXED_WINDOW && bytes > window - remembered) {
            remembered = 0;
        }
        if (remembered == 0) {
            deflater.reset();
        }
        return deflater;
    }

    private int pieceBytes() {
        return window < FIXED_WINDOW ? window - remembered : MAX_PIECE;
    }

    private static void deflatePiece(Deflater deflater, ByteBuffer piece, ByteBuf out) {
        deflater.setInput(piece);
        int room;
        int count;
        do {
            out.ensureWritable(piece.remaining() / 2 + 64);
            room = out.writableBytes();
            count = deflater.deflate(out.internalNioBuffer(out.writerIndex(), room), Deflater.SYNC_FLUSH);
            out.writerIndex(out.writerIndex() + count);
        } while (count == room);
        deflater.setInput(NOTHING); // or it would keep the piece
    }
}
