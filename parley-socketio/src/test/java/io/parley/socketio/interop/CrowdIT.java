package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrowdIT {

    private static final int CLIENTS = 20;
    private static final int MESSAGES = 500;

    @Test
    void givenClientsOnAllTransports_whenAllTalkAtOnce_thenNothingIsLostDoubledOrOutOfOrder() {
        try (ScenarioServer server = ScenarioServer.start();
                NodePeer crowd = NodePeer.start(Path.of("src/test/node/crowd.cjs"))) {
            crowd.call("gather", server.port(), CLIENTS, MESSAGES);

            Object heard = crowd.call("talk", MESSAGES);

            Map<String, Object> everything = Map.of("heard", CLIENTS * MESSAGES, "problems", List.of());
            assertThat(heard).isEqualTo(Collections.nCopies(CLIENTS, everything));
            crowd.call("leave");
        }
    }
}
