package io.parley.socketio.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.ContentCoding;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Serves the official browser client: {@code socket.io.js}, its minified, ES module and MessagePack forms, and the
 * source map of each. The files come from the official package when Parley is built. Every method is answered like
 * GET; compressed forms are gzip and deflate, as the JDK has no Brotli.
 *
 * <p><b>Threading.</b> Safe for any thread. A file is read and compressed once, on the loader's threads, and kept.
 */
final class ClientFiles {

    private static final String FOLDER = "/io/parley/socketio/browser/";
    private static final Set<String> SCRIPTS =
            Set.of("socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js");
    private static final String MAP = ".map";

    private final String path;
    private final Executor loader;
    private final Function<HttpRequest, HttpHeaders> crossOrigin;
    private final String tag;
    private final Map<String, HttpResponse> answers = new ConcurrentHashMap<>(); // at most 8 files in 3 encodings

    /**
     * Serves below a path.
     *
     * @param path what comes before the name of a file; ends with {@code /}
     * @param loader where files are read and compressed: it may block for some milliseconds
     * @param crossOrigin further header fields for the answer to a request
     * @throws IllegalStateException if the files are missing
     */
    ClientFiles(String path, Executor loader, Function<HttpRequest, HttpHeaders> crossOrigin) {
        this.path = path;
        this.loader = loader;
        this.crossOrigin = crossOrigin;
        this.tag = '"' + new String(read("version"), UTF_8) + '"';
    }

    /** Whether the request is for one of the files. */
    boolean serves(HttpRequest request) {
        String target = request.path();
        return target.startsWith(path) && isFile(target.substring(path.length()));
    }

    private static boolean isFile(String name) {
        return SCRIPTS.contains(name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name);
    }

    /** Answers a request for one of the files, now or when the file was read. */
    void handle(HttpExchange exchange) {
        HttpRequest request = exchange.request();
        if (request.header("If-None-Match").filter(this::matches).isPresent()) {
            exchange.respond(HttpResponse.of(304).with(crossOrigin.apply(request)));
            return;
        }
        String name = request.path().substring(path.length());
        ContentCoding coding = ContentCoding.preferred(request.headers());
        HttpResponse answer = answers.get(coding + name);
        if (answer != null) {
            exchange.respond(answer.with(crossOrigin.apply(request)));
        } else {
            loader.execute(() -> load(exchange, name, coding));
        }
    }

    private boolean matches(String tags) {
        return tags.equals(tag) || tags.equals("W/" + tag);
    }

    private void load(HttpExchange exchange, String name, ContentCoding coding) {
        HttpResponse answer = answers.computeIfAbsent(coding + name, key -> answer(name, coding));
        exchange.respond(answer.with(crossOrigin.apply(exchange.request())));
    }

    private HttpResponse answer(String name, ContentCoding coding) {
        HttpHeaders headers = HttpHeaders.of(
                "Cache-Control",
                "public, max-age=0",
                "Content-Type",
                "application/" + (name.endsWith(MAP) ? "json" : "javascript") + "; charset=utf-8",
                "ETag",
                tag);
        HttpResponse answer = new HttpResponse(200, headers, ByteBuffer.wrap(coding.encode(read(name))));
        return coding == ContentCoding.IDENTITY ? answer : answer.with("Content-Encoding", coding.wireName());
    }

    private static byte[] read(String name) {
        try (InputStream file = ClientFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("The browser client's " + name
                        + " is not on the class path (expected: put there by the build of parley-socketio);"
                        + " serveClient(false) does without");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
