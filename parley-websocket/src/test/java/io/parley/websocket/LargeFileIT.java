package io.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a message of 2 GiB in one process with a heap of 64 MiB. */
class LargeFileIT {

    private static final long TWO_GIBIBYTES = 2L * 1024 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void givenAFileLargerThanTheHeap_whenSent_thenItArrivesAndTheSenderWaitsForTheReceiver() throws Exception {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(TWO_GIBIBYTES);
        }

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-Dio.netty.maxDirectMemory=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFile.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.contains(": ") && !line.startsWith("WARNING"))
                .toList();

        assertThat(lines)
                .containsExactly(
                        "stuck with most of it waiting: true",
                        "queued in memory is below 1 MiB: true",
                        "received: " + TWO_GIBIBYTES,
                        "waiting at the end: 0");
        assertThat(process.waitFor()).isZero();
    }
}
