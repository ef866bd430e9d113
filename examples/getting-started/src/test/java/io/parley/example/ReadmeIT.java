package io.parley.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Chromium;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows first is true: the Java is the example's, and the page runs. */
class ReadmeIT {

    private static final Path README = Path.of("../../README.md");
    private static final Path EXAMPLE = Path.of("src/main/java/io/parley/example/GettingStarted.java");

    @Test
    void givenTheServerOfTheReadme_whenCompared_thenEachLineIsOfTheExample() throws IOException {
        assertThat(Files.readAllLines(EXAMPLE))
                .map(String::strip)
                .containsAll(block("java").lines().map(String::strip).toList());
    }

    @Test
    void givenThePageOfTheReadme_whenTwoOpenIt_thenTheyTalk(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), block("html"));
        HttpServer server = HttpServer.builder().files(folder).build();
        SocketIoServer io = SocketIoServer.attach(server);
        io.onConnection(socket -> socket.on("chat message", String.class, text -> io.emit("chat message", text)));
        try (Chromium browser = Chromium.launch()) {
            String url = "http://127.0.0.1:" + server.start().port() + "/";
            Chromium.Page anna = browser.newPage();
            Chromium.Page ben = browser.newPage();
            anna.goTo(url);
            ben.goTo(url);
            ben.waitForTrue("socket.connected");

            anna.fill("#text", "Hello");
            anna.press("#text", "Enter");

            ben.waitForText("#messages li", "Hello");
        } finally {
            server.close();
        }
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(README));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
