package io.parley.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.jmh.Jmh;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecBenchTest {

    /** In this JVM, once: enough to see that each benchmark works. */
    @Test
    void givenEveryBenchmark_whenRunSmall_thenOursStandsBesideNettys(@TempDir Path folder) throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // another build of this machine may run it too

        String table = CodecBench.run(Jmh.smoke(), folder);

        assertThat(table)
                .contains("| decode text-64 |", "| encode binary-1m |", "| unmask 1024 |", "| utf8 emoji |")
                .doesNotContain("NaN |");
    }
}
