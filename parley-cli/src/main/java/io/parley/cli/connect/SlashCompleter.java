package io.parley.cli.connect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes slash commands, close codes and the paths of files. */
final class SlashCompleter implements Completer {

    private static final List<String> CODES = List.of("1000", "3000", "4000");
    private static final int MAX_FILES = 200;

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (!line.line().startsWith("/")) {
            return;
        }
        if (line.wordIndex() == 0) {
            SlashCommand.words().forEach(word -> candidates.add(new Candidate(word)));
        } else if (line.wordIndex() == 1) {
            completeArgument(line.words().get(0), line.word(), candidates);
        }
    }

    private static void completeArgument(String command, String begun, List<Candidate> candidates) {
        if (command.equals(SlashCommand.CLOSE.word())) {
            CODES.forEach(code -> candidates.add(new Candidate(code)));
        } else if (command.equals(SlashCommand.FILE.word())) {
            completePath(begun, candidates);
        }
    }

    private static void completePath(String begun, List<Candidate> candidates) {
        String folder = begun.substring(0, begun.lastIndexOf('/') + 1);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path file : files) {
                if (candidates.size() < MAX_FILES) {
                    candidates.add(candidate(folder, file));
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException expected) {
            // There is nothing to choose from.
        }
    }

    private static Candidate candidate(String folder, Path file) {
        boolean isFolder = Files.isDirectory(file);
        String name = folder + file.getFileName() + (isFolder ? "/" : "");
        return new Candidate(name, name, null, null, null, null, !isFolder);
    }
}
