package io.parley.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged: warnings and errors unless the user wants more. */
final class Logging {

    private Logging() {}

    static void start(boolean verbose) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbose ? Level.INFO : Level.WARN);
        Logger ours = (Logger) LoggerFactory.getLogger("io.parley");
        ours.setLevel(verbose ? Level.DEBUG : Level.WARN);
    }
}
