package io.parley.websocket.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines out of what has arrived. A line ends with CR LF: a bare LF, which RFC 9112 section 2.2 lets a server
 * take, is where two servers begin to read one request differently.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
public final class LineReader {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private int scanned; // bytes from the reader index on that are known to hold no LF

    /**
     * The next line without its end.
     *
     * @param in borrowed: the reader index moves behind the line
     * @return null when its end has not arrived
     */
    @Nullable
    public String read(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.indexOf(start + scanned, in.writerIndex(), LF);
        if (end < 0) {
            scanned = in.readableBytes();
            return null;
        }
        scanned = 0;
        if (end == start || in.getByte(end - 1) != CR) {
            throw HttpException.malformed("A line ends with a bare LF (expected: CR LF)");
        }
        String line = in.toString(start, end - 1 - start, ISO_8859_1);
        in.readerIndex(end + 1);
        return line;
    }
}
