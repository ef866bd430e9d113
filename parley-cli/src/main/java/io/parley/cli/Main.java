package io.parley.cli;

import picocli.CommandLine;

/** Runs the {@code parley} command. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the process: with 0 if it succeeded, 1 if it failed, 2 if it was not understood.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands; each has a class of its own. */
    static CommandLine commandLine() {
        return new CommandLine(new ParleyCommand())
                .addSubcommand(new ChatCommand())
                .addSubcommand(new EchoCommand())
                .addSubcommand(new ConnectCommand())
                .addSubcommand(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::report);
    }

    /** Says what failed and what to do, in one line; the trace is for the log. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + messageOf(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String messageOf(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
