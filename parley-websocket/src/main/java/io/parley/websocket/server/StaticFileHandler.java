package io.parley.websocket.server;

import io.parley.websocket.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with static files (RFC 9110 sections 8.8, 12.5.3 and 13).
 *
 * <p><b>Threading.</b> Safe for any thread; called on handler threads, because it reads from the disk.
 */
final class StaticFileHandler {

    private static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final String ASK_EACH_TIME = "no-cache";
    private static final String NEVER_ASK_AGAIN = "public, max-age=31536000, immutable";

    /** Precompressed siblings, the better one first. */
    private static final List<Coding> CODINGS = List.of(new Coding("br", ".br"), new Coding("gzip", ".gz"));

    private final StaticFiles files;

    StaticFileHandler(StaticFiles files) {
        this.files = files;
    }

    private record Coding(String name, String suffix) {}

    /**
     * One of the forms in which a file is there.
     *
     * @param coding null for the file as it is
     */
    private record Variant(StaticFile file, @Nullable Coding coding, boolean varies) {

        String etag() {
            return '"' + file.tag() + (coding == null ? "" : "-" + coding.name) + '"';
        }
    }

    void handle(ServerExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        String path = FilePath.parse(request.path()).orElse(null);
        StaticFile file = path == null ? null : files.find(path);
        if (path != null && file != null) {
            exchange.respond(answer(request, path, file));
        } else if (path != null && files.find(path + "/index.html") != null) {
            exchange.respond(plain(redirect(request)));
        } else {
            exchange.respond(plain(HttpResponse.text(404, "Nothing is served at this path\n")));
        }
    }

    /** To the folder itself, so that what its page names is looked for in it. */
    private static HttpResponse redirect(HttpRequest request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return HttpResponse.text(301, "This is a folder, its path ends with a slash\n")
                .with("Location", request.path() + "/" + query);
    }

    private Answer plain(HttpResponse response) {
        return new Answer.Content(response.with(files.headers()));
    }

    private Answer answer(HttpRequest request, String path, StaticFile file) throws IOException {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) {
            return plain(wrongMethod(request.method()));
        }
        Variant variant = choose(request, path, file);
        HttpHeaders headers = headers(path, variant);
        if (isKnown(request, variant)) {
            return new Answer.Content(response(304, headers));
        }
        HttpHeaders described = headers.with("Content-Type", ContentTypes.of(path));
        Coding coding = variant.coding;
        if (coding != null) {
            described = described.with("Content-Encoding", coding.name);
        }
        return variant.file.answer(response(200, described), !head);
    }

    private static HttpResponse wrongMethod(String method) {
        HttpResponse answer = method.equals("OPTIONS")
                ? HttpResponse.of(204)
                : HttpResponse.text(405, "Method " + method + " (expected: " + ALLOWED + ")\n");
        return answer.with("Allow", ALLOWED);
    }

    /** The form the client likes best; the server's choice between equals. */
    private Variant choose(HttpRequest request, String path, StaticFile file) throws IOException {
        AcceptEncoding accepted = AcceptEncoding.parse(request.headers().all("Accept-Encoding"));
        StaticFile best = file;
        Coding coding = null;
        int bestWeight = accepted.identityWeight() - 1; // a coding wins against it when both are liked the same
        boolean varies = false;
        for (Coding candidate : CODINGS) {
            StaticFile sibling = files.find(path + candidate.suffix);
            varies |= sibling != null;
            int weight = accepted.weight(candidate.name);
            if (sibling != null && weight > 0 && weight > bestWeight) {
                best = sibling;
                coding = candidate;
                bestWeight = weight;
            }
        }
        return new Variant(best, coding, varies);
    }

    private HttpHeaders headers(String path, Variant variant) {
        HttpHeaders headers = HttpHeaders.of(
                "ETag",
                variant.etag(),
                "Cache-Control",
                files.isImmutable(path) ? NEVER_ASK_AGAIN : ASK_EACH_TIME,
                "X-Content-Type-Options",
                "nosniff");
        Optional<Instant> modified = variant.file.lastModified();
        if (modified.isPresent()) {
            headers = headers.with("Last-Modified", HttpDate.format(modified.get()));
        }
        return variant.varies ? headers.with("Vary", "Accept-Encoding") : headers;
    }

    /** An answer without a body; the user's fields take the place of ours. */
    private HttpResponse response(int status, HttpHeaders ours) {
        HttpHeaders[] rest = {ours};
        files.headers().forEach((name, value) -> rest[0] = rest[0].without(name));
        return new HttpResponse(status, rest[0].with(files.headers()), ByteBuffer.allocate(0));
    }

    /** Whether the client has this content already (RFC 9110 section 13.2.2). */
    private static boolean isKnown(HttpRequest request, Variant variant) {
        List<String> known = request.headers().all("If-None-Match");
        if (!known.isEmpty()) {
            return isListed(String.join(",", known), variant.etag());
        }
        Optional<Instant> since = request.header("If-Modified-Since").flatMap(HttpDate::parse);
        Optional<Instant> modified = variant.file.lastModified();
        return since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
    }

    private static boolean isListed(String list, String etag) {
        for (String candidate : list.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
