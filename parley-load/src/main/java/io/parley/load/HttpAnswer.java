package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer of HTTP/1.1.
 *
 * @param head its status line and fields
 * @param body a slice of what was read, or a buffer of its own where it came in chunks; to be released
 */
record HttpAnswer(String head, ByteBuf body) {

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int EMPTY_LINE = 0x0D0A0D0A;
    private static final int EMPTY_LINE_BYTES = 4;
    private static final int CRLF_BYTES = 2;

    /**
     * The answer that {@code in} holds.
     *
     * @param in borrowed: no index moves
     * @return null if some of it is missing
     * @throws LoadException if it is no answer
     */
    static @Nullable HttpAnswer read(ByteBuf in) {
        int headEnd = endOfHead(in);
        if (headEnd < 0) {
            if (in.readableBytes() > MAX_HEAD_BYTES) {
                throw new LoadException("HTTP answer " + Shown.text(in, in.readerIndex(), in.readableBytes())
                        + " (expected: a head of at most " + MAX_HEAD_BYTES + " bytes)");
            }
            return null;
        }
        int headBytes = headEnd - in.readerIndex();
        String head = in.toString(in.readerIndex(), headBytes, ISO_8859_1);
        int bodyAt = headEnd + EMPTY_LINE_BYTES;
        if (HttpRequests.field(head, "transfer-encoding")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) {
            ByteBuf body = unchunked(in, bodyAt);
            return body == null ? null : new HttpAnswer(head, body);
        }
        int length = contentLength(head);
        return in.writerIndex() - bodyAt < length ? null : new HttpAnswer(head, in.retainedSlice(bodyAt, length));
    }

    private static int endOfHead(ByteBuf in) {
        for (int i = in.readerIndex(); i <= in.writerIndex() - EMPTY_LINE_BYTES; i++) {
            if (in.getByte(i) == '\r' && in.getInt(i) == EMPTY_LINE) {
                return i;
            }
        }
        return -1;
    }

    private static int contentLength(String head) {
        String length = HttpRequests.field(head, "content-length");
        if (!length.matches("[0-9]{1,9}")) {
            throw new LoadException("HTTP answer " + Shown.text(head) + " with Content-Length " + Shown.text(length)
                    + " (expected: a length, or chunks)");
        }
        return Integer.parseInt(length);
    }

    /** The body of chunks; null if some of it is missing. */
    private static @Nullable ByteBuf unchunked(ByteBuf in, int start) {
        ByteBuf body = Unpooled.buffer();
        int at = start;
        while (true) {
            int lineEnd = in.indexOf(at, in.writerIndex(), (byte) '\n');
            if (lineEnd < 0) {
                return null;
            }
            int length = chunkLength(in.toString(at, lineEnd - at, ISO_8859_1));
            int next = lineEnd + 1 + length + CRLF_BYTES;
            if (next > in.writerIndex()) {
                return null;
            }
            if (length == 0) {
                return body;
            }
            body.writeBytes(in, lineEnd + 1, length);
            at = next;
        }
    }

    private static int chunkLength(String line) {
        String digits = line.split(";", -1)[0].strip();
        if (!digits.matches("[0-9a-fA-F]{1,7}")) {
            throw new LoadException(
                    "HTTP answer with the chunk length " + Shown.text(digits) + " (expected: hexadecimal digits)");
        }
        return Integer.parseInt(digits, 16);
    }

    boolean isOk() {
        return head.startsWith("HTTP/1.1 200");
    }

    void release() {
        body.release();
    }
}
