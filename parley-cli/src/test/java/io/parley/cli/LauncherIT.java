package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code parley} and its archives of classes, in a clone that has the jar and no sources. */
@Timeout(300)
class LauncherIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3); // the archive is made with the least priority
    private static final String FROM_ARCHIVE = Main.class.getName() + " source: shared objects file";

    @TempDir
    private Path folder;

    private Path clone;
    private Path target;
    private ParleyJar jar;

    @BeforeEach
    void makeClone() throws IOException {
        clone = Files.createDirectory(folder.resolve("clone"));
        target = Files.createDirectories(clone.resolve("parley-cli/target"));
        Files.createDirectory(clone.resolve("scripts"));
        for (String part : List.of(
                ".mvn", "parley-websocket", "parley-engineio", "parley-socketio", "parley-chat", "parley-load")) {
            Files.createDirectory(clone.resolve(part));
        }
        copy("pom.xml");
        copy("parley");
        copy("scripts/tools.sh");
        Files.copy(Path.of("target/parley.jar"), target.resolve("parley.jar"));
        jar = new ParleyJar(folder);
        Files.writeString(target.resolve("parley.jar.sources"), tools("sources_of parley-cli"));
    }

    @AfterEach
    void stopAll() {
        jar.close();
    }

    private void copy(String file) throws IOException {
        Files.copy(Path.of("..", file), clone.resolve(file));
    }

    @Test
    void givenACloneThatWasStartedBefore_whenStarted_thenTheClassesComeOutOfAnArchive() throws IOException {
        Outcome first = run("", "--version");
        Awaitility.await().atMost(PATIENCE).until(() -> archives().size() == 1);
        Path log = folder.resolve("classes.log");

        Outcome second = run("-Xlog:class+load:file=" + log, "--version");
        Outcome wrong = run("", "talk");

        assertThat(first.output()).startsWith("parley ");
        assertThat(second).isEqualTo(first).isEqualTo(new Outcome(0, first.output(), ""));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.errors()).startsWith("Unmatched argument at index 0: 'talk'");
        assertThat(Files.readString(log)).contains(FROM_ARCHIVE);
    }

    @Test
    void givenAnArchiveThatIsNone_whenStarted_thenNothingIsDifferentAndNothingIsSaid() throws IOException {
        Outcome without = run("-Xshare:off", "--version");
        Path archive = Files.writeString(target.resolve(tools("archive_of parley.jar")), "no archive");
        Path log = folder.resolve("classes.log");

        Outcome with = run("-Xlog:class+load:file=" + log, "--version");

        assertThat(with).isEqualTo(without).isEqualTo(new Outcome(0, without.output(), ""));
        assertThat(Files.readString(log)).contains(Main.class.getName()).doesNotContain(FROM_ARCHIVE);
        assertThat(archive).hasContent("no archive");
    }

    @Test
    void givenARehearsalThatFails_whenTheArchiveIsMade_thenAnEmptyFileTellsSo() {
        String output =
                tools("version=$(jdk_version \"$jdk\"); make_archive x.archive io.parley.cli.None parley.jar ''; ls");

        assertThat(output.lines()).containsExactly("parley.jar", "parley.jar.sources", "x.archive");
        assertThat(target.resolve("x.archive")).isEmptyFile();
    }

    @Test
    void givenOptionsForArchives_whenStarted_thenTheyAreTheUsers() throws IOException {
        Outcome outcome = run("-Xshare:off", "--version");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.errors()).isEmpty();
        assertThat(target).isDirectoryNotContaining("glob:**archive*");
    }

    /** What a line of shell prints after {@code scripts/tools.sh}. */
    private String tools(String line) {
        String script = "root=$1; jdk=$2; . \"$root/scripts/tools.sh\"; cd \"$root/parley-cli/target\"; " + line;
        return ParleyJar.output(
                jar.start(List.of("sh", "-c", script, "sh", clone.toString(), System.getProperty("java.home"))));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".archive")
                            && file.toFile().length() > 0)
                    .toList();
        }
    }

    private Outcome run(String options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "PARLEY_JAVA_OPTS=" + options,
                clone.resolve("parley").toString()));
        command.addAll(List.of(arguments));
        Process process = jar.start(command);
        String output = ParleyJar.output(process);
        return new Outcome(jar.exitCode(process), output, jar.errors(process));
    }

    private record Outcome(int code, String output, String errors) {}
}
