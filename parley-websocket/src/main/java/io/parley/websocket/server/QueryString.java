package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code application/x-www-form-urlencoded} text. What is wrongly encoded stands for itself, as in browsers. */
public final class QueryString {

    private QueryString() {}

    /** The decoded value of the first parameter of that name; a parameter without {@code =} is empty. */
    public static Optional<String> first(String query, String name) {
        return find(query, name, true);
    }

    /** The decoded value of the last parameter of that name; a parameter without {@code =} is empty. */
    public static Optional<String> last(String query, String name) {
        return find(query, name, false);
    }

    private static Optional<String> find(String query, String name, boolean first) {
        Optional<String> found = Optional.empty();
        int start = 0;
        while (start <= query.length() && !(first && found.isPresent())) {
            int end = endOfPair(query, start);
            int nameEnd = endOfName(query, start, end);
            if (isNamed(query, start, nameEnd, name)) {
                found = Optional.of(value(query, nameEnd, end));
            }
            start = end + 1;
        }
        return found;
    }

    /** Compares in place what is not encoded, as names hardly are. */
    private static boolean isNamed(String query, int start, int nameEnd, String name) {
        int length = nameEnd - start;
        if (length < name.length()) {
            return false; // decoded it would be shorter yet
        }
        return isEncoded(query, start, nameEnd)
                ? decode(query.substring(start, nameEnd)).equals(name)
                : length == name.length() && query.startsWith(name, start);
    }

    private static boolean isEncoded(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+') {
                return true;
            }
        }
        return false;
    }

    private static String value(String query, int nameEnd, int end) {
        return nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end));
    }

    /** All parameters in order; of several with one name the last wins. */
    public static Map<String, String> parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start < query.length()) {
            int end = endOfPair(query, start);
            int nameEnd = endOfName(query, start, end);
            if (end > start) {
                parameters.put(decode(query.substring(start, nameEnd)), value(query, nameEnd, end));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static int endOfPair(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.length() : end;
    }

    private static int endOfName(String query, int start, int end) {
        int equals = query.indexOf('=', start);
        return equals < 0 || equals > end ? end : equals;
    }

    private static String decode(String encoded) {
        if (!isEncoded(encoded, 0, encoded.length())) {
            return encoded;
        }
        try {
            return URLDecoder.decode(encoded, UTF_8);
        } catch (IllegalArgumentException expected) { // a lone % or bad hex digits: taken as it stands
            return encoded;
        }
    }
}
