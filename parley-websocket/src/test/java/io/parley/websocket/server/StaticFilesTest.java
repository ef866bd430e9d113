package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.RawPeer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Static files, over a raw connection so that no client tidies the paths. */
class StaticFilesTest {

    private static final Instant MODIFIED = Instant.parse("2026-02-03T04:05:06.789Z");

    @TempDir
    private Path temporary;

    private Path folder;
    private HttpServer server;
    private RawPeer peer;

    @BeforeEach
    void createFiles() throws IOException {
        folder = Files.createDirectories(temporary.resolve("public"));
        write("index.html", "<p>start");
        write("app.js", "plain");
        write("app.js.br", "brotli");
        write("app.js.gz", "zipped");
        write("notes.txt", "only as it is");
        write("docs/index.html", "<p>docs");
        write("empty/x.bin", "");
        write("größe.css", "a{}");
        write(".env", "secret");
        write(".git/config", "secret");
        write(".well-known/security.txt", "who to tell");
        write(".well-known/.secret", "secret");
        write("docs/.well-known/x.txt", "secret");
        write("assets/app-1234.css", "b{}");
        Files.writeString(temporary.resolve("outside.txt"), "secret");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private void start(StaticFiles files) {
        server = HttpServer.builder().eventLoops(1).files(files).build().start();
        peer = RawPeer.connect(server.port());
    }

    private void start() {
        start(StaticFiles.fromFolder(folder));
    }

    @AfterEach
    void close() {
        peer.close();
        server.close();
    }

    private String request(String method, String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: a"));
        lines.addAll(List.of(headers));
        peer.send(head(lines.toArray(new String[0])));
        if (method.equals("HEAD")) {
            return peer.readUntil("\r\n\r\n");
        }
        String answer = peer.readUntil("\r\n\r\n");
        return answer + new String(peer.readBytes(length(answer)), ISO_8859_1);
    }

    private static int length(String answer) {
        String length = field(answer, "Content-Length");
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private String get(String target, String... headers) {
        return request("GET", target, headers);
    }

    private static String field(String answer, String name) {
        Matcher field = Pattern.compile("\r\n" + name + ": ([^\r]*)\r\n").matcher(answer);
        return field.find() ? field.group(1) : "";
    }

    @Test
    void givenAFile_whenRequested_thenComesWithAllItsFields() {
        start();

        String answer = get("/app.js?version=1");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nplain");
        assertThat(field(answer, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(field(answer, "Last-Modified")).isEqualTo("Tue, 03 Feb 2026 04:05:06 GMT");
        assertThat(field(answer, "ETag")).matches("\"[0-9a-f]+-5\"");
        assertThat(field(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(field(answer, "Content-Encoding")).isEmpty();
        assertThat(field(get("/notes.txt"), "Vary")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | plain  | ''",
                "br                         | brotli | br",
                "gzip, deflate, br          | brotli | br",
                "gzip                       | zipped | gzip",
                "GZIP;Q=0.5                 | zipped | gzip",
                "br;q=0.5, gzip             | zipped | gzip",
                "br;q=0, gzip;q=0           | plain  | ''",
                "gzip;q=0.000, br;q=0.0     | plain  | ''",
                "*                          | brotli | br",
                "*;q=0.1, br;q=0            | zipped | gzip",
                "identity                   | plain  | ''",
                "identity, gzip;q=0.5       | plain  | ''",
                "identity;q=0.5, gzip       | zipped | gzip",
                "deflate                    | plain  | ''",
                "br;q=much                  | plain  | ''",
                "identity;q=0               | plain  | ''"
            })
    void givenPrecompressedSiblings_whenRequested_thenTheBestAcceptedIsSent(
            String accepted, String content, String encoding) {
        start();

        String answer = get("/app.js", "Accept-Encoding: " + accepted);

        assertThat(answer).endsWith("\r\n\r\n" + content);
        assertThat(field(answer, "Content-Encoding")).isEqualTo(encoding);
        assertThat(field(answer, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void givenEncodings_whenTheSameFileIsSent_thenTagsDiffer() {
        start();

        assertThat(List.of(
                        field(get("/app.js"), "ETag"),
                        field(get("/app.js", "Accept-Encoding: gzip"), "ETag"),
                        field(get("/app.js", "Accept-Encoding: br"), "ETag")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: br"})
    void givenAKnownTag_whenAsked_then304WithoutBody(String encoding) {
        start();
        String[] plain = {encoding.isEmpty() ? "X: y" : encoding};
        String etag = field(get("/app.js", plain), "ETag");

        for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
            String answer = get("/app.js", plain[0], "If-None-Match: " + known);
            assertThat(answer).startsWith("HTTP/1.1 304 Not Modified\r\n").endsWith("\r\n\r\n");
            assertThat(field(answer, "ETag")).isEqualTo(etag);
            assertThat(field(answer, "Cache-Control")).isEqualTo("no-cache");
            assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(answer).doesNotContain("Content-Length").doesNotContain("Content-Type:");
        }
        assertThat(get("/app.js", plain[0], "If-None-Match: \"other\"")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue, 03 Feb 2026 04:05:06 GMT | 304",
                "Wed, 04 Feb 2026 04:05:06 GMT | 304",
                "Tue, 03 Feb 2026 04:05:05 GMT | 200",
                "yesterday                     | 200"
            })
    void givenADate_whenAskedSince_thenTheFileIsSentIfChanged(String date, int status) {
        start();

        assertThat(get("/app.js", "If-Modified-Since: " + date)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(get("/app.js", "If-Modified-Since: " + date, "If-None-Match: \"other\""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void givenAChangedFile_whenAsked_thenItsTagChanges() throws IOException {
        start();
        String etag = field(get("/notes.txt"), "ETag");

        write("notes.txt", "something else, longer");

        String answer = get("/notes.txt", "If-None-Match: " + etag);
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("something else, longer");
    }

    @Test
    void givenHead_whenRequested_thenTheHeadIsThatOfGet() {
        start();

        String answer = request("HEAD", "/app.js", "Accept-Encoding: gzip");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        assertThat(field(answer, "Content-Length")).isEqualTo("6");
        assertThat(field(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(get("/notes.txt")).startsWith("HTTP/1.1 200 OK\r\n"); // nothing of a body was in between
    }

    @Test
    void givenAnotherMethod_whenRequested_then405() {
        start();

        String answer = request("POST", "/app.js", "Content-Length: 0");

        assertThat(answer).startsWith("HTTP/1.1 405 ").endsWith("Method POST (expected: GET, HEAD, OPTIONS)\n");
        assertThat(field(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(request("OPTIONS", "/app.js")).startsWith("HTTP/1.1 204 ");
        assertThat(request("POST", "/none", "Content-Length: 0")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void givenAFolder_whenRequested_thenItsIndexIsSent() {
        start();

        assertThat(get("/")).endsWith("<p>start");
        assertThat(get("/docs/")).endsWith("<p>docs");
        String redirect = get("/docs?a=b");
        assertThat(redirect).startsWith("HTTP/1.1 301 ").endsWith("This is a folder, its path ends with a slash\n");
        assertThat(field(redirect, "Location")).isEqualTo("/docs/?a=b");
        assertThat(get("/empty/")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/empty")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/empty/x.bin")).startsWith("HTTP/1.1 200 ").contains("Content-Length: 0\r\n");
    }

    @Test
    void givenAnEncodedName_whenRequested_thenIsFound() {
        start();

        assertThat(get("/gr%C3%B6%c3%9fe.css")).endsWith("a{}");
        assertThat(get("/%61pp.js")).endsWith("plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.txt",
                "/docs/../../outside.txt",
                "/%2e%2e/outside.txt",
                "/%2E./outside.txt",
                "/..%2foutside.txt",
                "/..%5coutside.txt",
                "/..\\outside.txt",
                "/%252e%252e/outside.txt",
                "/%c0%ae%c0%ae/outside.txt",
                "/%e0%80%ae./outside.txt",
                "/docs/..;/../outside.txt",
                "/docs%00.html",
                "/app.js%00",
                "/app.js%",
                "/app.js%4",
                "/app.js%zz",
                "/app.js/",
                "/app.js/x",
                "/%ff",
                "/%0a",
                "//app.js",
                "/./app.js",
                "/docs//index.html",
                "/.env",
                "/%2eenv",
                "/.git/config",
                "/.git/",
                "/.well-known",
                "/.well-known/.secret",
                "/docs/.well-known/x.txt",
                "/link.txt",
                "/links/outside.txt",
                "/hidden",
                "/loop",
                "/none.txt",
                "/C:/outside.txt"
            })
    void givenAPathThatLeadsOutOrIsHidden_whenRequested_then404(String target) throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), temporary.resolve("outside.txt"));
        Files.createSymbolicLink(folder.resolve("links"), temporary);
        Files.createSymbolicLink(folder.resolve("hidden"), folder.resolve(".env"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        start();

        assertThat(get(target)).startsWith("HTTP/1.1 404 ").endsWith("Nothing is served at this path\n");
        assertThat(get(target.substring(0, 1) + "/" + temporary + "/outside.txt"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void givenAWellKnownFile_whenRequested_thenIsServed() {
        start();

        assertThat(get("/.well-known/security.txt")).startsWith("HTTP/1.1 200 ").endsWith("who to tell");
    }

    @Test
    void givenALinkInsideTheFolder_whenRequested_thenIsFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("latest.js"), Path.of("app.js"));
        start();

        assertThat(get("/latest.js")).endsWith("plain");
    }

    @Test
    void givenALargeFile_whenRequestedSeveralTimesInARow_thenComesWhole() throws IOException {
        byte[] large = new byte[2_000_000];
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("large.bin"), large);
        start();

        peer.send(head("GET /large.bin HTTP/1.1", "Host: a")
                + head("GET /notes.txt HTTP/1.1", "Host: a")
                + head("GET /large.bin HTTP/1.1", "Host: a"));

        assertThat(peer.readUntil("\r\n\r\n")).contains("Content-Length: 2000000\r\n");
        assertThat(peer.readBytes(large.length)).isEqualTo(large);
        assertThat(peer.readResponse()).endsWith("only as it is");
        peer.readUntil("\r\n\r\n");
        assertThat(peer.readBytes(large.length)).isEqualTo(large);
        assertThat(request("HEAD", "/large.bin")).contains("Content-Length: 2000000\r\n");
    }

    @Test
    void givenMoreHeaders_whenAnswered_thenTheyAreInEveryAnswerAndReplaceOurs() {
        start(StaticFiles.fromFolder(folder)
                .header("Content-Security-Policy", "default-src 'self'")
                .header("X-Content-Type-Options", "something"));
        String etag = field(get("/app.js"), "ETag");

        for (String answer :
                List.of(get("/app.js"), get("/none"), get("/docs"), get("/app.js", "If-None-Match: " + etag))) {
            assertThat(field(answer, "Content-Security-Policy")).isEqualTo("default-src 'self'");
            assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("something");
            assertThat(answer).containsOnlyOnce("X-Content-Type-Options");
        }
    }

    @Test
    void givenAnImmutablePrefix_whenRequested_thenNeedNotBeAskedAgain() {
        start(StaticFiles.fromFolder(folder).immutable("assets/"));

        assertThat(field(get("/assets/app-1234.css"), "Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        assertThat(field(get("/app.js"), "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void givenAJarOnTheClassPath_whenRequested_thenItsFilesAreServed() throws IOException {
        Path jar = temporary.resolve("web.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name :
                    List.of("web/", "web/docs/", "web/docs/index.html", "web/a.txt", "web/a.txt.gz", "web/.b")) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(name.endsWith("/") ? new byte[0] : name.getBytes(ISO_8859_1));
            }
            entries.putNextEntry(new ZipEntry("outside.txt"));
        }

        expectClassPathFiles(jar);
    }

    @Test
    void givenAFolderOnTheClassPath_whenRequested_thenItsFilesAreServed() throws IOException {
        Path classes = temporary.resolve("classes/");
        for (String name : List.of("web/docs/index.html", "web/a.txt", "web/a.txt.gz", "web/.b", "outside.txt")) {
            Files.createDirectories(classes.resolve(name).getParent());
            Files.writeString(classes.resolve(name), name);
        }

        expectClassPathFiles(classes);
    }

    private void expectClassPathFiles(Path entry) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {entry.toUri().toURL()})) {
            thread.setContextClassLoader(loader);
            start(StaticFiles.fromClassPath("/web"));

            String answer = get("/a.txt");
            assertThat(answer).endsWith("\r\n\r\nweb/a.txt");
            assertThat(field(answer, "Last-Modified")).isEmpty();
            assertThat(get("/a.txt", "If-None-Match: " + field(answer, "ETag"))).startsWith("HTTP/1.1 304 ");
            assertThat(get("/a.txt", "Accept-Encoding: gzip")).endsWith("web/a.txt.gz");
            assertThat(request("HEAD", "/a.txt")).contains("Content-Length: 9\r\n");
            assertThat(get("/docs/")).endsWith("web/docs/index.html");
            assertThat(get("/docs")).startsWith("HTTP/1.1 301 ");
            for (String none : List.of("/none", "/.b", "/../outside.txt", "/%2e%2e/outside.txt", "/docs/none")) {
                assertThat(get(none)).startsWith("HTTP/1.1 404 ");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void givenNoSuchFolder_whenMade_thenFails() {
        start();
        Path none = temporary.resolve("none");

        assertThatThrownBy(() -> StaticFiles.fromFolder(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("folder: " + none + " (expected: a folder that can be read)");
        assertThatThrownBy(() -> StaticFiles.fromFolder(folder).header("X", "a\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
