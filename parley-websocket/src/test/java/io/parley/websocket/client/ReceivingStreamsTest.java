package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.websocket.MessageStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Messages that are taken while they arrive. */
class ReceivingStreamsTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void givenMessagesInFragments_whenTakenAsStreams_thenTheyAreReadWhileTheyArrive() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendHex("01 02 61c3");
            Deadline.await("the beginning is read", () -> heard.contains("a"));
            peer.sendHex("80 01 a9").sendHex("82 02 0102").sendText("skipped").sendText("last");
            peer.close();
        })) {
            WebSocket socket = WebSocket.builder(server.url())
                    .onMessageStream(message -> {
                        if (heard.size() == 3) {
                            heard.add("(nothing read)");
                            return;
                        }
                        if (message.isText() && heard.isEmpty()) {
                            heard.add(readOne(message.text()));
                        }
                        heard.add(message.isText() ? readAll(message.text()) : length(message) + " bytes");
                    })
                    .onMessage(message -> heard.add("whole"))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("a", "é", "2 bytes", "(nothing read)", "last");
        }
    }

    @Test
    void givenALostConnection_whenInsideOfAMessage_thenItsReaderFailsAndCloseFollows() {
        try (ScriptedServer server = ScriptedServer.start(
                peer -> peer.shakeHands().sendHex("01 01 61").hangUp())) {
            WebSocket socket = WebSocket.builder(server.url())
                    .onMessageStream(message -> {
                        try {
                            heard.add(readAll(message.text()));
                        } catch (UncheckedIOException broken) {
                            heard.add("broken");
                        }
                    })
                    .onClose(close -> heard.add("close " + close.code()))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("broken", "close 1006");
        }
    }

    private static int length(MessageStream message) {
        try {
            return message.bytes().readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readOne(Reader text) {
        try {
            return String.valueOf((char) text.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readAll(Reader text) {
        try {
            StringWriter all = new StringWriter();
            text.transferTo(all);
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
