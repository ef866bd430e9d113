package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/start-up.md that are for this JDK, with the echo server as the application. */
@Timeout(180)
class StartUpGuideIT {

    private static final Path GUIDE = Path.of("..", "docs", "start-up.md");
    private static final Pattern COMMAND = Pattern.compile("```sh\n(java .*?)\n```");

    @TempDir
    private Path folder;

    @Test
    void givenTheCommands_whenRunOneAfterTheOther_thenTheSecondStartTakesClassesFromTheArchive() throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .filter(command -> command.contains(Runtime.version().feature() >= 25 ? "app.aot" : "app.jsa"))
                .toList();
        assertThat(commands).hasSize(2);
        Path log = folder.resolve("classes.log");

        try (ParleyJar jar = new ParleyJar(folder)) {
            use(jar, commands.get(0));
            use(jar, commands.get(1).replace(" -jar", " -Xlog:class+load:file=classes.log -jar"));
        }

        assertThat(Files.readString(log))
                .contains(Main.class.getName() + " source: shared objects file")
                .doesNotContain("io.netty.buffer.AllocateChunkEvent"); // docs/adr/0019-no-buffer-events.md
    }

    private void use(ParleyJar jar, String command) throws IOException {
        String run = command.replace("java ", "exec " + ParleyJar.command().get(0) + " ")
                .replace("app.jar", ParleyJar.JAR + " echo --port 0");
        Process server = jar.start(List.of("sh", "-c", "cd " + folder + " && " + run));
        String greeting = server.inputReader(UTF_8).readLine();
        try (var page = URI.create(greeting.substring(greeting.indexOf("http://")))
                .toURL()
                .openStream()) {
            assertThat(page.readAllBytes()).isNotEmpty();
        }
        server.toHandle().destroy(); // SIGTERM
        assertThat(jar.exitCode(server)).isEqualTo(143);
    }
}
