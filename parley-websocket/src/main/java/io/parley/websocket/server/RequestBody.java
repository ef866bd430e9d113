package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.server.HttpExchange.BodyReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request while it arrives: nobody has asked for it yet, or it is collected for its reader, or it is
 * skipped so that the connection can go on.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class RequestBody {

    private enum Use {
        UNASKED,
        COLLECTED,
        SKIPPED
    }

    private static final int FIRST_BYTES = 8 * 1024;

    private final ServerExchange exchange;
    private final BodyDecoder decoder;
    private final int maxSkippedBytes;
    private Use use = Use.UNASKED;
    private boolean owesContinue;
    private @Nullable BodyReader reader; // non-null once it is asked for
    private byte[] collected = new byte[0];
    private int length;
    private int maxBytes;
    private long skipped;

    RequestBody(ServerExchange exchange, HttpOptions options) {
        this.exchange = exchange;
        decoder = new BodyDecoder(exchange.head().bodyLength(), options.maxHeaderBytes());
        maxSkippedBytes = options.maxSkippedBodyBytes();
        owesContinue = exchange.head().expectsContinue();
    }

    ServerExchange exchange() {
        return exchange;
    }

    /** Whether what arrives is taken. */
    boolean isWanted() {
        return use != Use.UNASKED && !isBeyondSkipping();
    }

    /** Whether it is unwanted, and more than is skipped to keep the connection. */
    boolean isBeyondSkipping() {
        return use == Use.SKIPPED && endsConnection();
    }

    /** Whether skipping it would cost more than a new connection; or the client may never send it. */
    boolean endsConnection() {
        return owesContinue || skipped + decoder.bytesLeft() > maxSkippedBytes;
    }

    /** Whether the client waits for a 100 before it sends what was asked for. Tells so once. */
    boolean takeContinue() {
        boolean due = owesContinue && use == Use.COLLECTED;
        owesContinue &= !due;
        return due;
    }

    void collect(int atMost, BodyReader taker) {
        if (use == Use.UNASKED) {
            use = Use.COLLECTED;
            maxBytes = atMost;
            reader = taker;
            checkSize(decoder.bytesLeft());
        }
    }

    void skip() {
        use = Use.SKIPPED;
        collected = new byte[0];
    }

    /** Goes on with the body; true when it is complete. */
    boolean decode(ByteBuf in) {
        return decoder.decode(in, this::take);
    }

    /** Hands the complete body to its reader, if there is one. */
    void deliver() {
        BodyReader taker = reader;
        if (use == Use.COLLECTED && taker != null) {
            ByteBuffer whole = ByteBuffer.wrap(collected, 0, length).slice();
            exchange.runSafely(() -> taker.onBody(whole));
        }
    }

    private void take(ByteBuf in, int bytes) {
        owesContinue = false; // it came without being asked for
        if (use == Use.COLLECTED) {
            checkSize((long) length + bytes);
        }
        if (use == Use.COLLECTED) {
            ensureRoom(length + bytes);
            in.readBytes(collected, length, bytes);
            length += bytes;
        } else {
            in.skipBytes(bytes);
            skipped += bytes;
        }
    }

    private void checkSize(long size) {
        BodyReader taker = reader;
        if (size > maxBytes && taker != null) {
            skip();
            exchange.runSafely(taker::onTooLarge);
        }
    }

    /** Grows with what has arrived, not with what was announced: an announcement costs the client nothing. */
    private void ensureRoom(int needed) {
        if (needed > collected.length) {
            long doubled = Math.max(FIRST_BYTES, 2L * collected.length);
            long atMost = Math.min(maxBytes, length + Math.max(decoder.bytesLeft(), needed - length));
            collected = Arrays.copyOf(collected, (int) Math.max(needed, Math.min(doubled, atMost)));
        }
    }
}
