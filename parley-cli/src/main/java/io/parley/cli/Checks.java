package io.parley.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of options that several commands have. */
final class Checks {

    private static final int MAX_PORT = 65_535;

    private Checks() {}

    static void port(CommandSpec spec, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " (expected: 0 to " + MAX_PORT + ")");
        }
    }

    static void notNegative(CommandSpec spec, String option, int value) {
        if (value < 0) {
            throw new ParameterException(spec.commandLine(), option + ": " + value + " (expected: 0 or more)");
        }
    }
}
