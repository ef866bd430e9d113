package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the table of this process, as the kernel tells of it in /proc/self/status. */
@EnabledOnOs(OS.LINUX)
class DescriptorTableTest {

    @Test
    void givenATableThatIsNearlyFull_whenAConnectionComes_thenItGrows() throws IOException {
        int size = size();
        DescriptorTable table = new DescriptorTable(size);

        assertThat(table.added(size - 1)).isTrue();

        Deadline.await("the table grows", () -> size() > size);
        assertThat(table.added(size)).isFalse();
    }

    @Test
    void givenATableWithRoom_whenConnectionsCome_thenNothingIsDone() {
        DescriptorTable table = new DescriptorTable(16_384);

        assertThat(IntStream.range(0, 12_288)).noneMatch(table::added);
    }

    private static int size() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("FDSize:"))
                    .mapToInt(line -> Integer.parseInt(line.split("\\s+", 2)[1]))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
