package io.parley.websocket.server;

import static io.parley.websocket.http.HttpException.malformed;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.FieldDecoder;
import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.http.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one request (RFC 9112 sections 2 to 5), in as many pieces as it comes.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class RequestHeadDecoder {

    private static final int ROOM_FOR_METHOD_AND_VERSION = 64;

    private final int maxUriBytes;
    private final LineReader lines = new LineReader();
    private final FieldDecoder fields;
    private @Nullable RequestLine requestLine; // null until it was read

    RequestHeadDecoder(int maxUriBytes, int maxHeaderBytes) {
        this.maxUriBytes = maxUriBytes;
        fields = new FieldDecoder(lines, maxHeaderBytes);
    }

    /**
     * Goes on with the head.
     *
     * @param in borrowed: the reader index moves behind the head, or behind the lines that are complete
     * @return null when its end has not arrived
     * @throws io.parley.websocket.http.HttpException if it breaks the protocol or a limit
     */
    @Nullable
    RequestHead decode(ByteBuf in) {
        RequestLine first = requestLine == null ? readRequestLine(in) : requestLine;
        requestLine = first;
        if (first == null) {
            return null;
        }
        HttpHeaders headers = fields.decode(in);
        return headers == null ? null : RequestHead.of(first, headers);
    }

    private @Nullable RequestLine readRequestLine(ByteBuf in) {
        String line = lines.read(in);
        while (line != null && line.isEmpty()) { // RFC 9112 section 2.2: empty lines before it are ignored
            fields.count(2);
            line = lines.read(in);
        }
        if (line == null) {
            checkBeginning(in);
            return null;
        }
        checkLength(line.length());
        return RequestLine.parse(line, maxUriBytes);
    }

    /** Answers what is no HTTP, TLS for example, at its first byte, and a line without an end in time. */
    private void checkBeginning(ByteBuf in) {
        if (in.isReadable()) {
            int first = in.getByte(in.readerIndex());
            if (first != '\r' && !HttpSyntax.isTokenChar(first)) {
                throw malformed("Request line (expected: method, target and version)");
            }
        }
        checkLength(in.readableBytes() - 1); // the last byte may be the CR
    }

    private void checkLength(int line) {
        if (line > maxUriBytes + ROOM_FOR_METHOD_AND_VERSION) {
            throw RequestLine.uriTooLong(maxUriBytes);
        }
    }
}
