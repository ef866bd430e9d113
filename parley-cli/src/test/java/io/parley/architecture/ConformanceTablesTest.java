package io.parley.architecture;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/conformance name a proof in every row, and every proof is a test that there is. */
class ConformanceTablesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path TABLES = ROOT.resolve("docs/conformance");
    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT|Benchmark))(?:\\.(\\w+))?`");
    private static final Pattern LINE_OF_DASHES = Pattern.compile("\\|[\\s:|-]+");

    @Test
    void givenTheTables_whenTheirProofsAreLookedUp_thenEachIsATest() throws IOException {
        Map<String, String> tests = testSources();

        List<String> faults = new ArrayList<>();
        for (Row row : rows()) {
            faults.addAll(row.faults(tests));
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void givenTheIndex_whenTheFolderIsListed_thenItNamesEveryTable() throws IOException {
        String index = Files.readString(TABLES.resolve("README.md"));

        assertThat(tables()).allSatisfy(table -> assertThat(index).contains("(" + table.getFileName() + ")"));
    }

    /** One line of a table that proves something. */
    private record Row(String place, String proof) {

        List<String> faults(Map<String, String> tests) {
            List<String> faults = new ArrayList<>();
            Matcher named = PROOF.matcher(proof);
            boolean any = false;
            while (named.find()) {
                any = true;
                String source = tests.get(named.group(1));
                if (source == null) {
                    faults.add(place + ": there is no test class " + named.group(1));
                } else if (named.group(2) != null && !source.contains(" " + named.group(2) + "(")) {
                    faults.add(place + ": " + named.group(1) + " has no test " + named.group(2));
                }
            }
            if (!any) {
                faults.add(place + ": no proof (expected: `SomeTest.method` in the last column)");
            }
            return faults;
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path table : tables()) {
            rows.addAll(rowsOf(table));
        }
        return rows;
    }

    /** The lines of a file's tables, without those of their heads. */
    private static List<Row> rowsOf(Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(table);
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i + 1 < lines.size() && isDashes(lines.get(i + 1));
            if (lines.get(i).startsWith("|") && !head && !isDashes(lines.get(i))) {
                rows.add(new Row(table.getFileName() + ":" + (i + 1), lastCell(lines.get(i))));
            }
        }
        return rows;
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf(" | ", row.length() - 2));
    }

    private static boolean isDashes(String line) {
        return LINE_OF_DASHES.matcher(line).matches();
    }

    private static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("README.md"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ConformanceTablesTest::javaFiles)
                    .collect(toMap(ConformanceTablesTest::className, ConformanceTablesTest::read, String::concat));
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
