package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Json;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client, as tutorials use it, among people with names. */
class TutorialClientIT {

    private static final Path CLIENT = Path.of("src/test/node/tutorial-client.cjs");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void givenThePlainClient_whenItJoins_thenItSpeaksWithPeopleInTheLobby(String transport) {
        try (ChatServer server = ChatServer.builder(folder).build().start();
                ChatPeer ada = ChatPeer.named(server.port(), "Ada");
                NodePeer client = NodePeer.start(CLIENT)) {
            assertThat(client.call("join", url(server), List.of(transport))).isEqualTo("connected");

            client.call("say", "hello 👋 from the tutorial");

            Map<String, Object> message = ada.nextObject("message");
            assertThat(message).containsEntry("text", "hello 👋 from the tutorial");
            assertThat(Json.object(message.get("user"))).containsEntry("guest", true);
            assertThat(client.nextEvent("heard")).isEqualTo("hello 👋 from the tutorial");
            ada.ask("say", Map.of("room", "lobby", "key", "k1", "text", "welcome"));
            assertThat(client.nextEvent("heard")).isEqualTo("welcome");
        }
    }

    @Test
    void givenNoGuests_whenThePlainClientComes_thenItSeesWhy() {
        try (ChatServer server =
                        ChatServer.builder(folder).guests(false).build().start();
                NodePeer client = NodePeer.start(CLIENT)) {
            assertThat(client.call("join", url(server), List.of("polling", "websocket")))
                    .isEqualTo(Map.of(
                            "message",
                            "This chat takes no guests: connect to the namespace /chat with a name.",
                            "data",
                            Map.of("code", "guests_off")));
        }
    }

    private static String url(ChatServer server) {
        return "http://127.0.0.1:" + server.port() + "/";
    }
}
