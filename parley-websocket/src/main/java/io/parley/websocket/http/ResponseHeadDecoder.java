package io.parley.websocket.http;

import static io.parley.websocket.http.HttpException.malformed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one response (RFC 9112 sections 4 and 5), in as many pieces as it comes.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
public final class ResponseHeadDecoder {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: (.*))?");
    private static final String HTTP = "HTTP/1.";

    private final int maxBytes;
    private final LineReader lines = new LineReader();
    private final FieldDecoder fields;
    private @Nullable Matcher statusLine; // null until it was read

    /**
     * A decoder for one response.
     *
     * @param maxBytes the limit of status line and fields together
     */
    public ResponseHeadDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
        fields = new FieldDecoder(lines, maxBytes);
    }

    /**
     * Goes on with the head.
     *
     * @param in borrowed: the reader index moves behind the head, or behind the lines that are complete
     * @return null when its end has not arrived
     * @throws HttpException if it breaks the protocol or the limit
     */
    @Nullable
    public ResponseHead decode(ByteBuf in) {
        Matcher line = statusLine == null ? readStatusLine(in) : statusLine;
        statusLine = line;
        if (line == null) {
            return null;
        }
        HttpHeaders headers = fields.decode(in);
        return headers == null ? null : head(line, headers);
    }

    private static ResponseHead head(Matcher line, HttpHeaders headers) {
        String reason = line.group(3);
        return new ResponseHead(
                line.group(1).equals("1"), Integer.parseInt(line.group(2)), reason == null ? "" : reason, headers);
    }

    private @Nullable Matcher readStatusLine(ByteBuf in) {
        checkBeginning(in);
        String line = lines.read(in);
        if (line == null) {
            if (in.readableBytes() > maxBytes) {
                throw malformed("Status line longer than " + maxBytes + " bytes");
            }
            return null;
        }
        fields.count(line.length() + 2);
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches() || !HttpSyntax.isFieldValue(line)) {
            throw malformed("Status line '" + HttpSyntax.printable(line) + "' (expected: HTTP/1.1 and a status)");
        }
        return matcher;
    }

    /** Tells what is no HTTP, TLS for example, by its first bytes. */
    private static void checkBeginning(ByteBuf in) {
        int length = Math.min(HTTP.length(), in.readableBytes());
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != HTTP.charAt(i)) {
                throw malformed("Answer that begins with '"
                        + HttpSyntax.printable(
                                in.toString(in.readerIndex(), Math.min(16, in.readableBytes()), ISO_8859_1))
                        + "' (expected: HTTP/1.1)");
            }
        }
    }
}
