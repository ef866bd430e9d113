package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** Listens to the log: a peer's mistake is never above debug. Safe for any thread. */
final class QuietLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    QuietLog() {
        heard.start();
        root.addAppender(heard);
    }

    void expectNothingAboveDebug() {
        assertThat(heard.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
    }

    /** Nobody who reads the log gets to see the text of a peer. */
    void expectNothingOf(String text) {
        assertThat(heard.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .noneMatch(event -> event.getFormattedMessage().contains(text)
                        || (event.getThrowableProxy() != null
                                && ThrowableProxyUtil.asString(event.getThrowableProxy())
                                        .contains(text)));
    }

    @Override
    public void close() {
        root.detachAppender(heard);
    }
}
