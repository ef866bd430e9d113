package io.parley.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.Unpooled;
import io.parley.engineio.server.ConnectionError;
import io.parley.testkit.Deadline;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * What breaks the rules over WebTransport: the application gets to see how it begins, and nothing of it is in the log
 * above debug. What comes over other transports is tested by the class of this name in parley-socketio.
 */
@ExtendWith(NeedsQuic.class)
class HostileTextTest {

    private static final String MARK = "hostile";
    private static final String TEXT = MARK + "\n\u001b[31m";
    private static final String SHOWN = MARK + "\\u000a\\u001b[31m";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @TempDir
    Path folder;

    private EchoEngine echo;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        heard.start();
        root.addAppender(heard);
        echo = EchoEngine.start(folder, engine -> {}, server -> {});
        client = RawClient.connect(echo.port());
    }

    @AfterEach
    void stop() {
        client.close();
        echo.close();
        root.detachAppender(heard);
        assertThat(heard.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .noneMatch(event -> event.getFormattedMessage().contains(MARK)
                        || (event.getThrowableProxy() != null
                                && ThrowableProxyUtil.asString(event.getThrowableProxy())
                                        .contains(MARK)));
    }

    @ParameterizedTest
    @CsvSource({
        "/hostile, a, b",
        "/engine.io/?EIO=hostile&transport=hostile, a, b",
        "/engine.io/?EIO=4&transport=webtransport, origin, https://hostile.example",
        "/engine.io/?EIO=4&transport=webtransport, hostile, hostile"
    })
    void givenARequest_whenItIsHostile_thenNothingOfItIsInTheLog(String path, String name, String value) {
        assertThat(client.connect(path, name, value).status()).isIn("200", "403", "404");
    }

    @Test
    void givenAnotherMethod_whenItIsHostile_thenNothingOfItIsInTheLog() {
        RawClient.Request request =
                client.request(":method", MARK, ":scheme", "https", ":authority", MARK, ":path", "/engine.io/?" + MARK);

        assertThat(request.status()).isEqualTo("501");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "b", "4", "2", "0"})
    void givenAFirstPacket_whenItIsHostile_thenTheApplicationSeesHowItBegins(String beginning) throws Exception {
        client.session().send(beginning + TEXT);

        assertThat(nextError().context().get("error").toString())
                .contains(SHOWN)
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void givenAnUpgrade_whenItsSessionIsHostile_thenTheApplicationSeesHowItBegins() throws Exception {
        client.session().send("0{\"sid\":\"" + TEXT + "\"}");

        assertThat(nextError().context()).containsEntry("sid", SHOWN);
    }

    private ConnectionError nextError() throws InterruptedException {
        ConnectionError error = echo.errors.poll(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(error).as("told of").isNotNull();
        return error;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "b"})
    void givenAPacketOfASession_whenItIsHostile_thenTheApplicationSeesHowItBegins(String beginning) throws Exception {
        RawClient.Stream stream = client.session();
        stream.send("0");
        echo.socket();

        stream.send(beginning + TEXT);

        assertThat(echo.end()).startsWith("parse error: ").contains(SHOWN).doesNotContain("\n", "\u001b");
    }

    @Test
    void givenALength_whenItIsHostile_thenTheApplicationSeesHowItBegins() throws Exception {
        RawClient.Stream stream = client.session();
        stream.send("0");
        echo.socket();

        stream.send(Unpooled.buffer().writeByte(0x7f).writeBytes((TEXT + "x".repeat(100)).getBytes(UTF_8)));

        assertThat(echo.end())
                .startsWith("parse error: ")
                .contains("\\x7fhostile")
                .doesNotContain("\n", "\u001b");
    }
}
