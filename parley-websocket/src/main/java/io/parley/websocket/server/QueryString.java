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
        int start = 0;
        while (start <= query.length()) {
            int end = endOfPair(query, start);
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decode(query.substring(start, nameEnd)).equals(name)) {
                return Optional.of(nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end)));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /** All parameters in order; of several with one name the last wins. */
    public static Map<String, String> parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start < query.length()) {
            int end = endOfPair(query, start);
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (end > start) {
                String value = nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end));
                parameters.put(decode(query.substring(start, nameEnd)), value);
            }
            start = end + 1;
        }
        return parameters;
    }

    private static int endOfPair(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.length() : end;
    }

    private static String decode(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
            return encoded;
        }
        try {
            return URLDecoder.decode(encoded, UTF_8);
        } catch (IllegalArgumentException expected) { // a lone % or bad hex digits: taken as it stands
            return encoded;
        }
    }
}
