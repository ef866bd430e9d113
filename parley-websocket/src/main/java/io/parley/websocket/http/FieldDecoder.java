package io.parley.websocket.http;

import static io.parley.websocket.http.HttpException.malformed;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header fields of one message (RFC 9112 section 5), in as many pieces as they come. Stricter than it need be
 * where leniency lets messages be smuggled: no bare LF, no folded lines, no space before the colon.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
public final class FieldDecoder {

    private final LineReader lines;
    private final int maxBytes;
    private final List<String> namesAndValues = new ArrayList<>(24);
    private int bytes;

    /**
     * A decoder for one message.
     *
     * @param lines what the line before the fields was read with
     * @param maxBytes the limit of all fields together
     */
    public FieldDecoder(LineReader lines, int maxBytes) {
        this.lines = lines;
        this.maxBytes = maxBytes;
    }

    /**
     * Goes on with the fields.
     *
     * @param in borrowed: the reader index moves behind the empty line at their end, or behind the lines that are
     *     complete
     * @return null when their end has not arrived
     * @throws HttpException if they break the protocol or the limit
     */
    @Nullable
    public HttpHeaders decode(ByteBuf in) {
        for (String line = readLine(in); line != null; line = readLine(in)) {
            if (line.isEmpty()) {
                return HttpHeaders.of(namesAndValues.toArray(new String[0]));
            }
            addField(line);
        }
        return null;
    }

    /** Counts bytes against the limit that came before the fields. */
    public void count(int more) {
        bytes += more;
        if (bytes > maxBytes + 2) { // the empty line that ends the fields is not counted
            throw tooLarge();
        }
    }

    private @Nullable String readLine(ByteBuf in) {
        String line = lines.read(in);
        if (line != null) {
            count(line.length() + 2);
        } else if (bytes + in.readableBytes() > maxBytes + 1) { // the last byte may be the CR of the empty line
            throw tooLarge();
        }
        return line;
    }

    private HttpException tooLarge() {
        return new HttpException(431, "Header fields larger than " + maxBytes + " bytes");
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
        namesAndValues.add(SharedWords.share(name));
        namesAndValues.add(SharedWords.share(value));
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
