package io.parley.websocket.server;

import static io.parley.websocket.server.RequestException.malformed;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.HttpSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one request (RFC 9112 sections 2 to 5), in as many pieces as it comes. Stricter than it need be
 * where leniency lets requests be smuggled: no bare LF, no folded lines, no space before the colon.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class RequestHeadDecoder {

    private static final int ROOM_FOR_METHOD_AND_VERSION = 64;

    private final int maxUriBytes;
    private final int maxHeaderBytes;
    private final LineReader lines = new LineReader();
    private final List<String> namesAndValues = new ArrayList<>(24);
    private @Nullable RequestLine requestLine; // null until it was read
    private int headerBytes;

    RequestHeadDecoder(int maxUriBytes, int maxHeaderBytes) {
        this.maxUriBytes = maxUriBytes;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    /**
     * Goes on with the head.
     *
     * @param in borrowed: the reader index moves behind the head, or behind the lines that are complete
     * @return null when its end has not arrived
     * @throws RequestException if it breaks the protocol or a limit
     */
    @Nullable
    RequestHead decode(ByteBuf in) {
        RequestLine first = requestLine == null ? readRequestLine(in) : requestLine;
        requestLine = first;
        if (first == null) {
            return null;
        }
        for (String line = readField(in); line != null; line = readField(in)) {
            if (line.isEmpty()) {
                return RequestHead.of(first, HttpHeaders.of(namesAndValues.toArray(new String[0])));
            }
            addField(line);
        }
        return null;
    }

    private @Nullable RequestLine readRequestLine(ByteBuf in) {
        String line = lines.read(in);
        while (line != null && line.isEmpty()) { // RFC 9112 section 2.2: empty lines before it are ignored
            count(2);
            line = lines.read(in);
        }
        if (line == null) {
            checkBeginning(in);
            return null;
        }
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
        if (in.readableBytes() > maxUriBytes + ROOM_FOR_METHOD_AND_VERSION) {
            throw RequestLine.uriTooLong(maxUriBytes);
        }
    }

    private @Nullable String readField(ByteBuf in) {
        String line = lines.read(in);
        if (line != null) {
            count(line.length() + 2);
        } else if (headerBytes + in.readableBytes() > maxHeaderBytes) {
            throw headersTooLarge();
        }
        return line;
    }

    private void count(int bytes) {
        headerBytes += bytes;
        if (headerBytes > maxHeaderBytes + 2) { // the empty line that ends the head is not counted
            throw headersTooLarge();
        }
    }

    private RequestException headersTooLarge() {
        return new RequestException(431, "Header fields larger than " + maxHeaderBytes + " bytes");
    }

    private void addField(String line) {
        char first = line.charAt(0);
        if (first == ' ' || first == '\t') {
            throw malformed("Header field folded over two lines (expected: one line)");
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw malformed("Header field without a colon");
        }
        String name = line.substring(0, colon);
        if (!HttpSyntax.isToken(name)) {
            throw malformed("Header field name (expected: a token, and the colon right after it)");
        }
        String value = trim(line, colon + 1);
        if (!HttpSyntax.isFieldValue(value)) {
            throw malformed("Header field " + name + " with a control character");
        }
        namesAndValues.add(name);
        namesAndValues.add(value);
    }

    /** Without the white space of HTTP around it: blanks and tabs, nothing else. */
    private static String trim(String line, int from) {
        int start = from;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
