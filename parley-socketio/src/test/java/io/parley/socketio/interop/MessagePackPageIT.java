package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.socketio.packet.MessagePackParser;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Chromium;
import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in Chromium with the file that our server gives it for MessagePack. */
class MessagePackPageIT {

    private static final String PAGE = """
            <!doctype html><title>MessagePack</title><link rel=icon href=data:,><p id=told>
            <script src=/socket.io/socket.io.msgpack.min.js></script>
            <script>
              const socket = io();
              socket.on("hello", (date, bytes, nested) => {
                told.textContent = [date.toISOString(), new Uint8Array(bytes), JSON.stringify(nested)].join(" ");
                socket.emit("values", new Date(86400000), new Uint8Array([1, 2]).buffer, undefined, [1.5, { a: null }]);
              });
            </script>
            """;

    record Nested(String name, List<Integer> numbers) {}

    @Test
    void givenThePage_whenItTalksToTheServer_thenBothUnderstandEachOther(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), PAGE);
        CompletableFuture<Arguments> values = new CompletableFuture<>();
        HttpServer http =
                HttpServer.builder().host("127.0.0.1").port(0).files(folder).build();
        SocketIoServer io = SocketIoServer.attach(
                http, SocketIoOptions.builder().parser(MessagePackParser::new).build());
        io.onConnection(socket -> {
            socket.on("values", (args, ack) -> values.complete(args));
            socket.emit("hello", Instant.EPOCH, new byte[] {3, 4}, new Nested("n", List.of(5)));
        });
        http.start();

        try (Chromium browser = Chromium.launch()) {
            Chromium.Page page = browser.newPage();
            page.goTo("http://127.0.0.1:" + http.port() + "/");

            page.waitForText("#told", "1970-01-01T00:00:00.000Z 3,4 {\"name\":\"n\",\"numbers\":[5]}");
            Arguments args = Deadline.get(values);
            assertThat(args.as(0, Instant.class)).isEqualTo("1970-01-02T00:00:00Z");
            assertThat(args.bytes(1)).containsExactly(1, 2);
            assertThat(args.isNull(2)).isTrue();
            assertThat(args.as(3, Object.class)).hasToString("[1.5, {a=null}]");
            assertThat(page.consoleErrors()).isEmpty();
        } finally {
            http.close();
        }
    }
}
