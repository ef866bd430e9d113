package io.parley.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.LiveObjects;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions come and go, and end in every way there is: nothing of them stays. {@code -Dparley.cycles=20000} takes
 * minutes.
 */
@ExtendWith(NeedsQuic.class)
class SessionChurnIT {

    private static final int CYCLES = Integer.getInteger("parley.cycles", 400);
    private static final int WAYS = 4;

    @TempDir
    Path folder;

    private EchoEngine echo;

    @BeforeEach
    void start() {
        echo = EchoEngine.start(folder, engine -> {}, server -> {});
    }

    @AfterEach
    void stop() {
        echo.close();
    }

    @Test
    void givenWebTransport_whenManyComeAndGo_thenNothingStays() throws Exception {
        comeAndGo();

        assertThat(echo.server.figures().sessionsOpened()).isEqualTo(CYCLES);
        Deadline.awaitPassing(() -> assertThat(objects()).isEmpty());
    }

    private void comeAndGo() throws Exception {
        for (int i = 0; i < CYCLES; i++) {
            RawClient client = RawClient.connect(echo.port());
            RawClient.Stream stream = client.session();
            stream.send("0");
            stream.send("4hello");
            stream.awaitText("4hello");
            switch (i % WAYS) {
                case 0 -> stream.send("1"); // the session takes leave
                case 1 -> stream.finish();
                case 2 -> stream.reset();
                default -> echo.socket().close(); // the server ends it
            }
            if (i % WAYS != WAYS - 1) {
                assertThat(echo.socket()).isNotNull();
            }
            assertThat(echo.end()).isNotNull();
            client.close();
        }
        Deadline.await("no session", () -> echo.engine.clientsCount() == 0);
        Deadline.await("no connection", () -> echo.server.figures().connectionsOpen() == 0);
    }

    /**
     * What of ours belongs to one session and no other. Netty's timers hold its channels for another half a minute, this
     * client's too.
     */
    private static Map<String, Long> objects() {
        return LiveObjects.count(
                "io.parley.engineio.server.EngineSession",
                "io.parley.engineio.server.StreamTransport",
                "io.parley.engineio.server.WebTransportArrival",
                "io.parley.webtransport.QuicWebTransport",
                "io.parley.webtransport.Connection");
    }
}
