package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.http.HttpSyntax;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/**
 * Makes the path of a request a path below a folder. It is decoded once and then checked: what is left when that fails
 * is no path, so nothing can be smuggled past the check in an encoding.
 */
final class FilePath {

    private static final String WELL_KNOWN = ".well-known";

    private FilePath() {}

    /**
     * The path to the file that is asked for, relative to the folder, its segments separated by slashes.
     *
     * @param rawPath begins with a slash; one that ends with a slash means the {@code index.html} there
     * @return empty when no file can be meant: a segment that is empty or begins with a dot, a backslash, a control
     *     character, a slash in disguise, or bytes that are not UTF-8
     */
    static Optional<String> parse(String rawPath) {
        return decode(rawPath)
                .map(path -> path.endsWith("/") ? path + "index.html" : path)
                .filter(FilePath::isSafe)
                .map(path -> path.substring(1));
    }

    /** Whether every segment of a path that begins with a slash is the name of a visible file. */
    private static boolean isSafe(String path) {
        return path.startsWith("/") && isVisible(List.of(path.substring(1).split("/", -1)));
    }

    /** Whether every segment is the name of a visible file; the folder of RFC 8615 is one, although it has a dot. */
    static boolean isVisible(List<String> segments) {
        int from = segments.size() > 1 && segments.get(0).equals(WELL_KNOWN) ? 1 : 0;
        return segments.subList(from, segments.size()).stream().allMatch(FilePath::isVisibleName);
    }

    private static boolean isVisibleName(String segment) {
        return !segment.isEmpty()
                && segment.charAt(0) != '.'
                && segment.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    private static Optional<String> decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return Optional.of(raw);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int decoded = raw.charAt(i) == '%' ? octet(raw, i + 1) : raw.charAt(i);
            if (decoded < 0) {
                return Optional.empty();
            }
            i += raw.charAt(i) == '%' ? 2 : 0;
            bytes.write(decoded);
        }
        return utf8(bytes.toByteArray());
    }

    /** The octet of two hexadecimal digits; -1 when they are none, or a slash that is no separator. */
    private static int octet(String raw, int at) {
        if (at + 2 > raw.length()) {
            return -1;
        }
        int high = HttpSyntax.hexDigit(raw.charAt(at));
        int low = HttpSyntax.hexDigit(raw.charAt(at + 1));
        int octet = high < 0 || low < 0 ? -1 : high << 4 | low;
        return octet == '/' ? -1 : octet;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException expected) { // no file has such a name
            return Optional.empty();
        }
    }
}
