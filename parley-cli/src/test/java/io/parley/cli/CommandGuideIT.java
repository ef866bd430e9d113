package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.echo.EchoServer;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of docs/command.md and compares what they print. */
@Timeout(120)
class CommandGuideIT {

    private static final Path GUIDE = Path.of("..", "docs", "command.md");
    private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final String PORT = "3007";

    private static HttpServer server;

    @TempDir
    Path folder;

    /** A command line and what it prints. */
    record Example(String command, String output) {

        @Override
        public String toString() {
            return command;
        }
    }

    @BeforeAll
    static void start() {
        ConnectionOptions limits =
                ConnectionOptions.builder().deflate(DeflateOptions.defaults()).build();
        server = EchoServer.of(HttpServer.builder().eventLoops(1), limits).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Example> examples() throws IOException {
        return CONSOLE.matcher(Files.readString(GUIDE)).results().flatMap(CommandGuideIT::examplesIn);
    }

    private static Stream<Example> examplesIn(MatchResult block) {
        List<Example> examples = new ArrayList<>();
        for (String part : block.group(1).split("(^|(?<=\n))\\$ ", -1)) {
            if (!part.isEmpty()) {
                int end = part.indexOf('\n');
                examples.add(new Example(part.substring(0, end), part.substring(end + 1)));
            }
        }
        return examples.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void givenAnExample_whenRun_thenItPrintsWhatTheGuideSays(Example example) {
        String port = String.valueOf(server.port());
        String parley = "parley() { " + String.join(" ", ParleyJar.command()) + " \"$@\"; }\n";
        try (ParleyJar jar = new ParleyJar(folder)) {
            Process shell = jar.start(List.of(
                    "sh", "-c", "exec 2>&1\n" + parley + example.command().replace(PORT, port)));

            String output = ParleyJar.output(shell);

            assertThat(withoutTimes(output))
                    .isEqualTo(withoutTimes(example.output().replace(PORT, port)));
        }
    }

    private static String withoutTimes(String text) {
        return TIME.matcher(text).replaceAll("(time)");
    }
}
