package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley bench} and {@code parley echo}, each as a process. */
@Timeout(120)
class BenchJarIT {

    @TempDir
    Path folder;

    private ParleyJar jar;
    private String url;

    @BeforeEach
    void startServer() throws IOException {
        jar = new ParleyJar(folder);
        String greeting = jar.start("echo", "--port=0").inputReader(UTF_8).readLine();
        url = greeting.substring(greeting.indexOf("http://"));
    }

    @AfterEach
    void stopAll() {
        jar.close();
    }

    @Test
    void givenTheEchoServer_whenLoaded_thenATableIsPrinted() {
        Process bench = jar.start("bench", url, "-c=5", "-t=0.3", "--warm-up=0.1", "--transport=upgrade");

        assertThat(ParleyJar.output(bench))
                .contains("Target      " + url + ", socketio upgrade\n", "Operations  ", "Latency     p50 ");
        assertThat(jar.exitCode(bench)).isZero();
    }

    @Test
    void givenCtrlC_whenMeasuring_thenWhatWasMeasuredIsPrinted() {
        Process bench = jar.start(ParleyJar.interruptible("bench", url, "-c=2", "-t=600", "--warm-up=0", "--rate=100"));
        Deadline.await("progress", () -> jar.errors(bench).contains("answers: "));

        Process kill = jar.start(List.of("kill", "-INT", String.valueOf(bench.pid())));

        assertThat(jar.exitCode(kill)).isZero();
        assertThat(ParleyJar.output(bench)).contains("Operations  ", "Latency     p50 ");
        assertThat(jar.exitCode(bench)).isEqualTo(130);
    }
}
