package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Servers that break the framing (RFC 6455 sections 5 to 8), and what both sides hear of it. */
class ProtocolMistakesTest {

    private final Recorder recorder = new Recorder();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/websocket-server-mistakes.csv")
    void givenAMistake_whenItComes_thenTheServerIsToldAndWhatCameBeforeIsDelivered(
            String name, String frames, int code, String reason, String delivered) {
        CompletableFuture<ScriptedServer.Frame> told = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendHex("8105 48656c6c6f").sendHex(frames);
            told.complete(peer.readClose());
            peer.hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()).deflate(null).maxMessageBytes(1000));

            assertThat(recorder.events())
                    .containsExactly(
                            delivered == null
                                    ? new String[] {"open", "Hello", "error", "close 1006 '' unclean"}
                                    : new String[] {"open", "Hello", delivered, "error", "close 1006 '' unclean"});
            assertThat(recorder.cause()).hasMessage(reason);
            assertThat(recorder.cause().closeCode()).isEqualTo(code);
            assertThat(Deadline.get(told).closeCode()).isEqualTo(code);
            assertThat(Deadline.get(told).closeReason()).isEqualTo(reason);
            assertThat(Deadline.get(told).masked()).isTrue();
        }
    }
}
