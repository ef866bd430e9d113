package io.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.jmh.Jmh;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathBenchTest {

    /** In this JVM, once: enough to see that each benchmark works. */
    @Test
    void givenEveryBenchmark_whenRunSmall_thenThereIsARowForEach(@TempDir Path folder) throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // another build of this machine may run it too

        String table = PathBench.run(Jmh.smoke(), folder);

        assertThat(table)
                .contains(
                        "| packet encode | text-64 json |",
                        "| packet decode | binary-1k msgpack |",
                        "| event acknowledge | text-64 |",
                        "| rooms join and leave | 100000 |",
                        "| recipients two rooms but one | 1000 |",
                        "| acks register and resolve | 1 |",
                        "| mailbox burst | 16 virtual |")
                .doesNotContain("NaN |");
        assertThat(folder.resolve("path.json")).isNotEmptyFile();
        assertThat(folder.resolve("path.md")).hasContent(table);
    }
}
