package io.parley.socketio.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.ManualEventLoop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilesTest {

    private static final String VERSION = "4.8.4";

    private final ManualEventLoop loop = new ManualEventLoop();
    private final ClientFiles files = new ClientFiles("/socket.io/", Runnable::run, request -> HttpHeaders.empty());

    @ParameterizedTest
    @CsvSource({
        "socket.io.js, application/javascript; charset=utf-8",
        "socket.io.min.js, application/javascript; charset=utf-8",
        "socket.io.esm.min.js, application/javascript; charset=utf-8",
        "socket.io.msgpack.min.js, application/javascript; charset=utf-8",
        "socket.io.js.map, application/json; charset=utf-8",
        "socket.io.min.js.map, application/json; charset=utf-8",
        "socket.io.esm.min.js.map, application/json; charset=utf-8",
        "socket.io.msgpack.min.js.map, application/json; charset=utf-8"
    })
    void givenAFileOfTheClient_whenRequested_thenItIsServed(String name, String contentType) throws IOException {
        HttpResponse answer = answerTo("GET", "/socket.io/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().toString())
                .isEqualTo("Cache-Control: public, max-age=0\nContent-Type: " + contentType + "\nETag: \"" + VERSION
                        + "\"\n");
        assertThat(bytes(answer)).isEqualTo(original(name));
    }

    @Test
    void givenTheScript_whenRead_thenItSaysItsVersion() {
        HttpResponse answer = answerTo("GET", "/socket.io/socket.io.js");

        assertThat(new String(bytes(answer), UTF_8)).contains("Socket.IO v" + VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io/",
                "/socket.io",
                "/socket.io/socket.io.jsx",
                "/socket.io/version",
                "/socket.io/LICENSE",
                "/socket.io/.map",
                "/socket.io/socket.io.js.map.map",
                "/socket.io/x/socket.io.js",
                "/socket.io//socket.io.js",
                "/socket.io/../socket.io.js",
                "/socket.io/socket%2Eio.js",
                "/other/socket.io.js",
                "/socket.io.js"
            })
    void givenAnyOtherPath_whenAsked_thenItIsNotServed(String target) {
        assertThat(files.serves(InMemoryExchange.get(loop, target).request())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "OPTIONS", "DELETE"})
    void givenAnyMethod_whenRequested_thenItIsAnsweredLikeGet(String method) {
        HttpResponse answer = answerTo(method, "/socket.io/socket.io.js?v=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().remaining()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"" + VERSION + "\"", "W/\"" + VERSION + "\""})
    void givenTheTag_whenRequested_thenNothingIsSentAgain(String tag) {
        HttpResponse answer = answerTo("GET", "/socket.io/socket.io.js", "If-None-Match", tag);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers().toString()).isEmpty();
        assertThat(answer.body().remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4.8.3\"", VERSION, "*"})
    void givenAnotherTag_whenRequested_thenTheFileIsSent(String tag) {
        assertThat(answerTo("GET", "/socket.io/socket.io.js", "If-None-Match", tag)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd | gzip",
                "gzip, br | gzip",
                "br | ''",
                "deflate, gzip | deflate",
                "deflate;q=0.5, gzip;q=0.8 | gzip",
                "DEFLATE ; q=1 | deflate",
                "gzip;q=0 | ''",
                "gzip;q=x | ''",
                "* | gzip",
                "identity | ''",
                "'' | ''"
            })
    void givenEncodings_whenRequested_thenTheClientsFavouriteIsUsed(String accepted, String used) throws IOException {
        HttpResponse answer = answerTo("GET", "/socket.io/socket.io.min.js", "Accept-Encoding", accepted);

        assertThat(answer.headers().first("Content-Encoding").orElse("")).isEqualTo(used);
        assertThat(decoded(bytes(answer), used)).isEqualTo(original("socket.io.min.js"));
    }

    @Test
    void givenCrossOriginHeaders_whenServed_thenTheyAreOnEveryAnswer() {
        ClientFiles shared = new ClientFiles(
                "/socket.io/", Runnable::run, request -> HttpHeaders.of("Access-Control-Allow-Origin", "*"));
        InMemoryExchange full = InMemoryExchange.get(loop, "/socket.io/socket.io.js");
        InMemoryExchange unchanged =
                InMemoryExchange.get(loop, "/socket.io/socket.io.js", "If-None-Match", "\"" + VERSION + "\"");

        shared.handle(full);
        shared.handle(unchanged);

        assertThat(full.response().headers().first("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(unchanged.response().headers().first("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    @Test
    void givenAFileThatWasServed_whenRequestedAgain_thenItIsNotReadAgain() {
        List<Runnable> loading = new ArrayList<>();
        ClientFiles lazy = new ClientFiles("/socket.io/", loading::add, request -> HttpHeaders.empty());
        InMemoryExchange first = InMemoryExchange.get(loop, "/socket.io/socket.io.js");
        InMemoryExchange second = InMemoryExchange.get(loop, "/socket.io/socket.io.js");

        lazy.handle(first);
        boolean answeredBeforeLoading = first.isAnswered();
        loading.get(0).run();
        lazy.handle(second);

        assertThat(answeredBeforeLoading).isFalse();
        assertThat(loading).hasSize(1);
        assertThat(second.response().body()).isEqualTo(first.response().body());
    }

    @Test
    void givenTheFiles_whenBuilt_thenTheirLicenceIsWithThem() throws IOException {
        assertThat(new String(original("LICENSE"), UTF_8)).contains("MIT License");
    }

    private HttpResponse answerTo(String method, String target, String... headers) {
        InMemoryExchange exchange = InMemoryExchange.request(loop, method, target, headers);
        assertThat(files.serves(exchange.request())).isTrue();
        files.handle(exchange);
        return exchange.response();
    }

    private static byte[] original(String name) throws IOException {
        try (InputStream file = ClientFilesTest.class.getResourceAsStream("/io/parley/socketio/browser/" + name)) {
            return file.readAllBytes();
        }
    }

    private static byte[] decoded(byte[] bytes, String coding) throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        try (InputStream decoded =
                switch (coding) {
                    case "gzip" -> new GZIPInputStream(raw);
                    case "deflate" -> new InflaterInputStream(raw);
                    default -> raw;
                }) {
            return decoded.readAllBytes();
        }
    }

    private static byte[] bytes(HttpResponse answer) {
        ByteBuffer body = answer.body();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }
}
