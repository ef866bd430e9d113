package io.parley.load;

import java.util.Locale;

/** The text of HTTP/1.1 requests and of the heads of answers. */
final class HttpRequests {

    private HttpRequests() {}

    /** A request's line and the fields that all have, without the empty line. */
    static String head(String method, Target target, String path) {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.authority())
                .append("\r\n");
        target.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    /** The value of a field; empty if it is not there. */
    static String field(String head, String lowerCaseName) {
        for (String line : head.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }
}
