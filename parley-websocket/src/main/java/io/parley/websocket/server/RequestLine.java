package io.parley.websocket.server;

import static io.parley.websocket.http.HttpException.malformed;

import io.parley.websocket.http.HttpException;
import io.parley.websocket.http.HttpSyntax;
import io.parley.websocket.http.SharedWords;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request (RFC 9112 section 3).
 *
 * @param target in origin form; {@code *} for a request about the whole server
 * @param authority of a target in absolute form, which takes the place of the {@code Host} field; otherwise null
 * @param http10 whether the client speaks HTTP/1.0
 */
record RequestLine(String method, String target, @Nullable String authority, boolean http10) {

    static RequestLine parse(String line, int maxUriBytes) {
        int afterMethod = line.indexOf(' ');
        int afterTarget = line.lastIndexOf(' ');
        if (afterMethod < 0 || afterTarget == afterMethod) {
            throw malformed("Request line (expected: method, target and version)");
        }
        if (afterTarget - afterMethod - 1 > maxUriBytes) {
            throw uriTooLong(maxUriBytes);
        }
        String method = SharedWords.share(method(line.substring(0, afterMethod)));
        boolean http10 = isHttp10(line.substring(afterTarget + 1));
        return parse(method, SharedWords.share(line.substring(afterMethod + 1, afterTarget)), http10);
    }

    static HttpException uriTooLong(int maxUriBytes) {
        return new HttpException(414, "Request target longer than " + maxUriBytes + " bytes");
    }

    private static String method(String method) {
        if (!HttpSyntax.isToken(method)) {
            throw malformed("Method (expected: a token, for example GET)");
        }
        if (method.equals("CONNECT")) {
            throw new HttpException(501, "CONNECT (expected: a method for a server; this is no proxy)");
        }
        return method;
    }

    private static boolean isHttp10(String version) {
        if (version.equals("HTTP/1.1")) {
            return false;
        }
        if (version.equals("HTTP/1.0")) {
            return true;
        }
        if (version.matches("HTTP/[0-9](\\.[0-9])?")) {
            throw new HttpException(505, version + " (expected: HTTP/1.1 or HTTP/1.0)");
        }
        throw malformed("HTTP version (expected: HTTP/1.1 or HTTP/1.0)");
    }

    private static RequestLine parse(String method, String target, boolean http10) {
        if (!HttpSyntax.isVisibleAscii(target)) {
            throw malformed("Request target with a character that is not visible ASCII (expected: percent-encoded)");
        }
        if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
            return new RequestLine(method, target, null, http10);
        }
        int authority = startOfAuthority(target);
        if (authority < 0) {
            throw malformed("Request target (expected: a path that begins with a slash)");
        }
        int path = endOfAuthority(target, authority);
        return new RequestLine(method, originForm(target.substring(path)), target.substring(authority, path), http10);
    }

    private static int startOfAuthority(String target) {
        String start = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("http://")) {
            return 7;
        }
        return start.equals("https://") ? 8 : -1;
    }

    private static int endOfAuthority(String target, int start) {
        for (int i = start; i < target.length(); i++) {
            if (target.charAt(i) == '/' || target.charAt(i) == '?') {
                return i;
            }
        }
        return target.length();
    }

    private static String originForm(String rest) {
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
