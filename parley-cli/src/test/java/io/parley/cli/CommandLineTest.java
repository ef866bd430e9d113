package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void givenHelp_whenAsked_thenTheCommandsAreListed() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("chat", "Opens a chat room");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givenHelpOfChat_whenAsked_thenEveryOptionIsExplained() {
        int code = run("chat", "--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("--port", "--host", "--data", "--allow-origin", "--no-guests", "--verbose")
                .contains("default: 3000", "default: 127.0.0.1", "XDG_DATA_HOME", "Exit codes:");
    }

    @Test
    void givenHelpOfEcho_whenAsked_thenEveryOptionIsExplained() {
        int code = run("echo", "--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("--port", "--host", "--max-message", "--ping", "--no-deflate", "--verbose")
                .contains("--cert", "--key", "--unix-socket")
                .contains("default: 3007", "default: 127.0.0.1", "default: 64M", "?close=4001", "Exit codes:");
    }

    @Test
    void givenHelpOfBench_whenAsked_thenEveryOptionIsExplained() {
        int code = run("bench", "--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("--scenario", "--connections", "--rate", "--window", "--payload", "--duration", "--warm-up")
                .contains("--transport", "--namespace", "--event", "--ramp", "--json", "--allow-remote", "Exit codes:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port        | 70000 | --port: 70000 (expected: 0 to 65535)",
                "--ping        | -1    | --ping: -1 (expected: 0 or more)",
                "--cert        | a.pem | --cert and --key (expected: both of them, or none)",
                "--max-message | 4T    | Invalid value for option '--max-message': '4T' (expected: 1 byte to 2 GiB less one,",
                "--max-message | 0     | Invalid value for option '--max-message': '0' (expected: 1 byte to 2 GiB less one,",
                "--max-message | 2G    | Invalid value for option '--max-message': '2G' (expected: 1 byte to 2 GiB less one,",
            })
    void givenAWrongValueForEcho_whenRun_thenItSaysWhatIsRight(String option, String value, String message) {
        int code = run("echo", option, value);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void givenTheVersion_whenAsked_thenItSaysWhatItRunsOn() {
        int code = run("--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("parley ").contains("Java " + Runtime.version());
    }

    @Test
    void givenNoCommand_whenRun_thenItSaysWhatToType() {
        int code = run();

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Which command? For example: parley chat, or parley echo")
                .contains("Usage: parley");
    }

    @Test
    void givenAnUnknownOption_whenRun_thenItIsNotUnderstood() {
        int code = run("chat", "--prot", "3000");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("Unknown option").contains("--prot");
    }

    @Test
    void givenAPortThatIsNone_whenRun_thenItSaysWhichThereAre() {
        int code = run("chat", "--port", "70000");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("--port: 70000 (expected: 0 to 65535)");
    }

    @Test
    void givenADataFolderThatIsAFile_whenRun_thenOneLineSaysSo(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        int code = run("chat", "--port", "0", "--data", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("parley chat: Data folder " + file
                        + " cannot be written: java.nio.file.FileAlreadyExistsException: " + file
                        + " (expected: a folder of your own)\n");
    }

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
