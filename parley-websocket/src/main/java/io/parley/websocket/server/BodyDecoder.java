package io.parley.websocket.server;

import static io.parley.websocket.http.HttpException.malformed;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.http.HttpException;
import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.http.LineReader;

/**
 * Takes the body of one request out of what arrives: so many bytes, or chunks (RFC 9112 sections 6.2 and 7.1).
 * Extensions of chunks and trailers are read over.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class BodyDecoder {

    /** Where in the body the next byte belongs. */
    private enum State {
        DATA,
        CHUNK_SIZE,
        CHUNK_END,
        TRAILERS,
        END
    }

    private static final int MAX_CHUNK_LINE_BYTES = 256;
    private static final int MAX_SIZE_DIGITS = 15; // fits into a long

    private final boolean chunked;
    private final int maxTrailerBytes;
    private final LineReader lines = new LineReader();
    private State state;
    private long left; // bytes of the body or of the chunk
    private int trailerBytes;

    BodyDecoder(long length, int maxTrailerBytes) {
        chunked = length == RequestHead.CHUNKED;
        left = chunked ? 0 : length;
        state = chunked ? State.CHUNK_SIZE : State.DATA;
        this.maxTrailerBytes = maxTrailerBytes;
    }

    /** Where the bytes of a body go. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes the next bytes.
         *
         * @param in borrowed: exactly {@code length} bytes are to be read
         */
        void take(ByteBuf in, int length);
    }

    /**
     * Goes on with the body.
     *
     * @param in borrowed: the reader index moves
     * @return whether it is complete
     * @throws HttpException if the chunks are malformed
     */
    boolean decode(ByteBuf in, Sink sink) {
        while (state != State.END && step(in, sink)) {
            // each step takes what it can
        }
        return state == State.END;
    }

    /** How many bytes are known to come at least. */
    long bytesLeft() {
        return left;
    }

    private boolean step(ByteBuf in, Sink sink) {
        return switch (state) {
            case DATA -> readData(in, sink);
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK_END -> readChunkEnd(in);
            case TRAILERS -> readTrailer(in);
            case END -> false;
        };
    }

    private boolean readData(ByteBuf in, Sink sink) {
        int length = (int) Math.min(left, in.readableBytes());
        if (length > 0) {
            sink.take(in, length);
            left -= length;
        }
        if (left > 0) {
            return false;
        }
        state = chunked ? State.CHUNK_END : State.END;
        return true;
    }

    private boolean readChunkSize(ByteBuf in) {
        String line = lines.read(in);
        if ((line == null ? in.readableBytes() : line.length()) > MAX_CHUNK_LINE_BYTES) {
            throw malformed("Chunk size line longer than " + MAX_CHUNK_LINE_BYTES + " bytes");
        }
        if (line == null) {
            return false;
        }
        left = chunkSize(line);
        state = left == 0 ? State.TRAILERS : State.DATA;
        return true;
    }

    private static long chunkSize(String line) {
        int extension = line.indexOf(';');
        int end = extension < 0 ? line.length() : extension;
        if (end < 1 || end > MAX_SIZE_DIGITS || !HttpSyntax.isFieldValue(line)) {
            throw badChunkSize();
        }
        long size = 0;
        for (int i = 0; i < end; i++) {
            int digit = HttpSyntax.hexDigit(line.charAt(i));
            if (digit < 0) {
                throw badChunkSize();
            }
            size = size << 4 | digit;
        }
        return size;
    }

    private static HttpException badChunkSize() {
        return malformed("Chunk size (expected: 1 to " + MAX_SIZE_DIGITS + " hexadecimal digits)");
    }

    private boolean readChunkEnd(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return false;
        }
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw malformed("Chunk longer than its size (expected: CR LF after it)");
        }
        state = State.CHUNK_SIZE;
        return true;
    }

    private boolean readTrailer(ByteBuf in) {
        String line = lines.read(in);
        int length = line == null ? in.readableBytes() : line.length() + 2;
        if (trailerBytes + length > maxTrailerBytes + 2) {
            throw new HttpException(431, "Trailers larger than " + maxTrailerBytes + " bytes");
        }
        if (line == null) {
            return false;
        }
        trailerBytes += length;
        if (line.isEmpty()) {
            state = State.END;
        }
        return true;
    }
}
