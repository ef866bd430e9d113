package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener that pauses just before a message ends. */
class PausedReadingTest {

    private final CompletableFuture<WebSocketConnection> paused = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final BareHost host = new BareHost(
            new WebSocketUpgrade(
                    List.of(),
                    HttpHeaders.empty(),
                    ConnectionOptions.builder().streaming(true).build()),
            PausingListener::new);

    private final class PausingListener extends RecordingListener {

        @Override
        public void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {
            if (last) {
                ended.complete(null);
            } else {
                connection.pauseReading();
                paused.complete(connection);
            }
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givenAPauseAfterTheLastByteOfAMessage_whenReadingIsResumed_thenTheMessageEnds() {
        try (RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            client.sendBinary(new byte[] {1, 2, 3});
            WebSocketConnection connection = Deadline.get(paused);
            assertThat(ended).isNotDone();

            connection.resumeReading();

            Deadline.get(ended);
        }
    }
}
