package io.parley.websocket.client;

import io.parley.websocket.http.HttpSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a WebSocket as a browser does (WHATWG URL section 4.4, WHATWG WebSockets section 3.1). */
final class UrlParser {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("(\\[.*]|[^\\[]*):([0-9]*)", Pattern.DOTALL);
    private static final Pattern DOT = Pattern.compile("\\.|%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern TWO_DOTS = Pattern.compile("(\\.|%2e){2}", Pattern.CASE_INSENSITIVE);
    private static final int MAX_PORT = 65_535;

    private final String given; // for messages

    private UrlParser(String given) {
        this.given = given;
    }

    static Target parse(String url) {
        return new UrlParser(url).absolute(cleaned(url));
    }

    /** Reads a URL that may be relative to another. */
    static Target parse(String url, Target base) {
        return new UrlParser(url).relative(withoutFragment(cleaned(url)), base);
    }

    /** Without what a browser reads over: blanks around it, line ends and tabs anywhere. */
    private static String cleaned(String url) {
        int start = 0;
        int end = url.length();
        while (start < end && url.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && url.charAt(end - 1) <= ' ') {
            end--;
        }
        return Utf16.wellFormed(url.substring(start, end).replaceAll("[\t\r\n]", ""));
    }

    private Target relative(String url, Target base) {
        if (SCHEME.matcher(url).matches()) {
            return absolute(url);
        }
        String rest = url.replace('\\', '/');
        if (rest.startsWith("//")) {
            return behindScheme(base.secure(), rest);
        }
        return new Target(base.secure(), "", base.host(), base.port(), resolve(rest, base.resource()));
    }

    private static String resolve(String reference, String baseResource) {
        if (reference.isEmpty()) {
            return baseResource;
        }
        String basePath = baseResource.split("\\?", 2)[0];
        if (reference.startsWith("/")) {
            return resource(reference);
        }
        return reference.startsWith("?")
                ? resource(basePath + reference)
                : resource(basePath.substring(0, basePath.lastIndexOf('/') + 1) + reference);
    }

    private Target absolute(String url) {
        Matcher matcher = SCHEME.matcher(url);
        if (!matcher.matches()) {
            throw wrong("is relative (expected: an absolute one, such as wss://chat.example/path)");
        }
        boolean secure = isSecure(matcher.group(1).toLowerCase(Locale.ROOT));
        String rest = matcher.group(2);
        if (rest.indexOf('#') >= 0) {
            throw wrong("has a fragment, " + rest.substring(rest.indexOf('#')) + " (expected: none)");
        }
        return behindScheme(secure, rest);
    }

    private boolean isSecure(String scheme) {
        return switch (scheme) {
            case "wss", "https" -> true;
            case "ws", "http" -> false;
            default -> throw wrong("has the scheme " + scheme + " (expected: ws, wss, http or https)");
        };
    }

    /** For a redirect: what comes behind the sign is for a browser's page only. */
    private static String withoutFragment(String url) {
        return url.split("#", 2)[0];
    }

    private Target behindScheme(boolean secure, String rest) {
        int start = 0;
        while (start < rest.length() && isSlash(rest.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < rest.length() && !isSlash(rest.charAt(end)) && rest.charAt(end) != '?') {
            end++;
        }
        return withAuthority(secure, rest.substring(start, end), resource(rest.substring(end)));
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private Target withAuthority(boolean secure, String authority, String resource) {
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : userInfo(authority.substring(0, at));
        String hostAndPort = authority.substring(at + 1);
        Matcher withPort = PORT.matcher(hostAndPort);
        boolean hasPort = withPort.matches() && !withPort.group(1).isEmpty();
        String host = hasPort ? withPort.group(1) : hostAndPort;
        int port = hasPort && !withPort.group(2).isEmpty() ? port(withPort.group(2)) : Target.defaultPort(secure);
        return new Target(secure, userInfo, host(host), port, resource);
    }

    private static String userInfo(String text) {
        int colon = text.indexOf(':');
        String user = PercentEncoding.encode(colon < 0 ? text : text.substring(0, colon), PercentEncoding.USER_INFO);
        String password = colon < 0 ? "" : text.substring(colon + 1);
        return password.isEmpty() ? user : user + ":" + PercentEncoding.encode(password, PercentEncoding.USER_INFO);
    }

    private int port(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.length() > 5 || Integer.parseInt(significant) > MAX_PORT) {
            throw wrong("has the port " + digits + " (expected: at most " + MAX_PORT + ")");
        }
        return Integer.parseInt(significant);
    }

    private String host(String text) {
        try {
            return UrlHost.parse(text);
        } catch (IllegalArgumentException bad) {
            throw wrong("has the host '" + HttpSyntax.printable(text) + "' (expected: " + bad.getMessage() + ")");
        }
    }

    /** Path and query in their normal form. */
    private static String resource(String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        String path = path(mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark));
        return mark < 0
                ? path
                : path + "?" + PercentEncoding.encode(pathAndQuery.substring(mark + 1), PercentEncoding.QUERY);
    }

    /** Without dots that mean this and the parent folder. */
    private static String path(String text) {
        List<String> segments = new ArrayList<>();
        String[] parts = text.replace('\\', '/').split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            boolean up = TWO_DOTS.matcher(parts[i]).matches();
            if (up && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            if (!up && !DOT.matcher(parts[i]).matches()) {
                segments.add(PercentEncoding.encode(parts[i], PercentEncoding.PATH));
            } else if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("URL '" + HttpSyntax.printable(given) + "' " + problem);
    }
}
