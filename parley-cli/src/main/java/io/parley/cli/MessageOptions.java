package io.parley.cli;

import io.parley.cli.connect.BinaryForm;
import io.parley.cli.connect.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a client sends and shows, and when it leaves. */
final class MessageOptions {

    private static final String FOREVER = "forever";
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
    private static final double MAX_SECONDS = 1e6;

    @Option(
            names = "--send",
            paramLabel = "TEXT",
            description = "Sends this instead of reading standard input; may be repeated.")
    private List<String> sends = new ArrayList<>();

    @Option(names = "--binary", description = "Sends lines as binary messages, written as --binary-as says.")
    private boolean binary;

    @Option(
            names = "--binary-as",
            paramLabel = "FORM",
            defaultValue = "hex",
            description = "How binary messages stand in lines, both ways: hex, base64, or text for the bytes as they"
                    + " are (default: ${DEFAULT-VALUE}).")
    private BinaryForm binaryForm = BinaryForm.HEX;

    @Option(
            names = {"-n", "--max-messages"},
            paramLabel = "COUNT",
            defaultValue = "0",
            description = "Closes after that many messages have come; waits for them after the end of the input.")
    private int maxMessages;

    @Option(
            names = {"-1", "--once"},
            description = "Closes after the first message, as --max-messages 1.")
    private boolean once;

    @Option(
            names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            description = "After the end of the input, closes when nothing has come for so long (default: 1); 'forever'"
                    + " leaves it to the server.")
    private @Nullable String patience; // null unless given

    @Option(names = "--json", description = "Writes every event as one JSON object a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing on standard error about how the connection ended.")
    private boolean quiet;

    /** Whether there is somebody at the terminal to be talked with, as far as these options say. */
    boolean allowTyping() {
        return sends.isEmpty() && !json;
    }

    Plan plan(CommandSpec spec) {
        Checks.notNegative(spec, "--max-messages", maxMessages);
        int wanted = once ? 1 : maxMessages;
        return new Plan(sends, binary, binaryForm, wanted, patience(spec, wanted > 0), json, quiet);
    }

    private @Nullable Duration patience(CommandSpec spec, boolean waitsForMessages) {
        if (patience == null) {
            return waitsForMessages ? null : DEFAULT_PATIENCE;
        }
        return patience.equals(FOREVER) ? null : seconds(spec, patience);
    }

    private static Duration seconds(CommandSpec spec, String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= MAX_SECONDS) {
                return Duration.ofMillis((long) (seconds * 1000));
            }
        } catch (NumberFormatException expected) {
            // As one out of range.
        }
        throw new ParameterException(
                spec.commandLine(), "--wait: " + text + " (expected: seconds, 0 or more, or 'forever')");
    }
}
