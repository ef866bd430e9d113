package io.parley.engineio.server;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Requests of web pages: whether a page's origin may talk to the server, and what its browser is told (Fetch standard,
 * "CORS protocol").
 *
 * <p><b>Threading.</b> Immutable.
 */
final class CrossOrigin {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    private final @Nullable CorsOptions cors; // null: the server's own origin only

    CrossOrigin(EngineOptions options) {
        cors = options.cors().orElse(null);
    }

    /**
     * Whether the request may be served: it names no origin (it is not a browser's), or the server's own, or one that
     * the options allow. The server's own is what {@code Host} says; the scheme is not compared, since a proxy may
     * speak TLS for the server.
     */
    boolean allows(HttpRequest request) {
        String origin = request.header("Origin").orElse("");
        return origin.isEmpty() || isOwn(origin, request) || (cors != null && cors.allows(origin));
    }

    /**
     * Whether a script of a page may bring the request, as JSONP does. Such a request names no origin. Where its browser
     * says that it comes from another site (Fetch Metadata), the page must be named ({@code Referer}) and allowed; a
     * browser that says nothing of it is as old as those that need JSONP.
     */
    boolean allowsScript(HttpRequest request) {
        String site = request.header("Sec-Fetch-Site").orElse("none");
        return site.equals("none") || site.equals("same-origin") || (cors != null && cors.allows(pageOrigin(request)));
    }

    /** The origin of the page that sends the request; empty when it is not named. */
    static String pageOrigin(HttpRequest request) {
        String page = request.header("Referer").orElse("");
        int schemeEnd = page.indexOf("://");
        int end = schemeEnd < 0 ? -1 : page.indexOf('/', schemeEnd + 3);
        return end < 0 ? page : page.substring(0, end);
    }

    /** Whether this is a preflight that is to be answered here. */
    boolean answersPreflight(HttpRequest request) {
        return cors != null && !cors.preflightContinue() && request.method().equals("OPTIONS");
    }

    /** The answer to a preflight. */
    HttpResponse preflightAnswer(HttpRequest request) {
        if (cors == null) {
            throw new IllegalStateException("preflight without cors options; check answersPreflight() first");
        }
        Fields fields = new Fields();
        addOrigin(cors, fields, request);
        addCredentials(cors, fields);
        fields.add("Access-Control-Allow-Methods", String.join(",", cors.methods()));
        addAllowedHeaders(cors, fields, request);
        cors.maxAge().ifPresent(age -> fields.add("Access-Control-Max-Age", Long.toString(age.toSeconds())));
        addExposedHeaders(cors, fields);
        return HttpResponse.of(cors.optionsSuccessStatus()).with(fields.toHeaders());
    }

    /** What stands in every other answer. */
    HttpHeaders headers(HttpRequest request) {
        if (cors == null) {
            return HttpHeaders.empty();
        }
        Fields fields = new Fields();
        addOrigin(cors, fields, request);
        addCredentials(cors, fields);
        addExposedHeaders(cors, fields);
        return fields.toHeaders();
    }

    private static void addOrigin(CorsOptions cors, Fields fields, HttpRequest request) {
        String fixed = cors.fixedOrigin().orElse("");
        if (fixed.equals("*")) {
            fields.add(ALLOW_ORIGIN, fixed);
            return;
        }
        fields.varyBy("Origin");
        if (!fixed.isEmpty()) {
            fields.add(ALLOW_ORIGIN, fixed);
        } else {
            request.header("Origin").filter(cors::allows).ifPresent(origin -> fields.add(ALLOW_ORIGIN, origin));
        }
    }

    private static void addCredentials(CorsOptions cors, Fields fields) {
        if (cors.credentials()) {
            fields.add("Access-Control-Allow-Credentials", "true");
        }
    }

    private static void addAllowedHeaders(CorsOptions cors, Fields fields, HttpRequest request) {
        if (cors.allowedHeaders().isEmpty()) {
            fields.varyBy(REQUEST_HEADERS);
        }
        String allowed = cors.allowedHeaders()
                .map(names -> String.join(",", names))
                .or(() -> request.header(REQUEST_HEADERS))
                .orElse("");
        if (!allowed.isEmpty()) {
            fields.add("Access-Control-Allow-Headers", allowed);
        }
    }

    private static void addExposedHeaders(CorsOptions cors, Fields fields) {
        if (!cors.exposedHeaders().isEmpty()) {
            fields.add("Access-Control-Expose-Headers", String.join(",", cors.exposedHeaders()));
        }
    }

    private static boolean isOwn(String origin, HttpRequest request) {
        int schemeEnd = origin.indexOf("://");
        if (schemeEnd < 0) {
            return false; // "null": a sandboxed page or a local file
        }
        String defaultPort = origin.startsWith("https") ? ":443" : ":80";
        String host = request.header("Host").orElse("");
        return authority(origin.substring(schemeEnd + 3), defaultPort).equals(authority(host, defaultPort));
    }

    private static String authority(String hostAndPort, String defaultPort) {
        String lower = hostAndPort.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }

    /** Header fields in the making, with what {@code Vary} has to name. */
    private static final class Fields {

        private final List<String> namesAndValues = new ArrayList<>();
        private final List<String> vary = new ArrayList<>();

        void add(String name, String value) {
            namesAndValues.add(name);
            namesAndValues.add(value);
        }

        void varyBy(String name) {
            vary.add(name);
        }

        HttpHeaders toHeaders() {
            if (!vary.isEmpty()) {
                add("Vary", String.join(", ", vary));
            }
            return HttpHeaders.of(namesAndValues.toArray(String[]::new));
        }
    }
}
