package io.parley.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The Java that a guide shows. A test that runs it proves with this that the guide shows just that. */
public final class GuideCode {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private GuideCode() {}

    /**
     * Looks for every block of Java in the sources of the tests that run them. White space does not count: the formatter
     * breaks lines as it likes.
     *
     * @param guide a file in Markdown
     * @param sources where the code is run
     * @return the blocks, in the order of the guide
     * @throws AssertionError if one of them stands in none of the sources
     */
    public static List<String> provenBlocks(Path guide, Path... sources) {
        requireNonNull(sources, "sources");
        StringBuilder code = new StringBuilder();
        for (Path source : sources) {
            code.append(compact(read(source)));
        }
        List<String> blocks = BLOCK.matcher(read(guide))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        for (String block : blocks) {
            if (code.indexOf(compact(block)) < 0) {
                throw new AssertionError(guide.getFileName() + " shows what no test runs:\n" + block);
            }
        }
        return blocks;
    }

    private static String compact(String code) {
        return code.replaceAll("\\s", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
