package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideCodeTest {

    @TempDir
    Path folder;

    private Path guide;

    @BeforeEach
    void write() throws IOException {
        guide = Files.writeString(
                folder.resolve("guide.md"), "```java\none(1);\n```\n```sh\nls\n```\n```java\ntwo();\n```\n");
    }

    @Test
    void givenSourcesThatHoldAllBlocks_whenLookedFor_thenTheyAreReturned() throws IOException {
        Path one = Files.writeString(folder.resolve("One.java"), "{ one(\n    1); }");
        Path two = Files.writeString(folder.resolve("Two.java"), "two();");

        assertThat(GuideCode.provenBlocks(guide, one, two)).containsExactly("one(1);\n", "two();\n");
    }

    @Test
    void givenABlockThatNoSourceHolds_whenLookedFor_thenItIsNamed() throws IOException {
        Path source = Files.writeString(folder.resolve("One.java"), "one(1);");

        assertThatThrownBy(() -> GuideCode.provenBlocks(guide, source))
                .isInstanceOf(AssertionError.class)
                .hasMessage("guide.md shows what no test runs:\ntwo();\n");
    }
}
