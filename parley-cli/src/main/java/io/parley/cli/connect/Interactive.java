package io.parley.cli.connect;

import io.parley.websocket.client.WebSocketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** A conversation on a terminal: a line editor with history and completion below, what comes above it. */
public final class Interactive {

    private static final int HISTORY_LINES = 1000;

    private final Terminal terminal;
    private final Palette palette;
    private final LineReader reader;
    private final TerminalDisplay display;

    private Interactive(Terminal terminal, Map<String, String> environment, Path historyFile) {
        this.terminal = terminal;
        palette = Palette.of(environment);
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("parley")
                .completer(new SlashCompleter())
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // an exclamation mark is just that
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
                .build();
        if (canBeWritten(historyFile)) {
            reader.setVariable(LineReader.HISTORY_FILE, historyFile);
        }
        display = new TerminalDisplay(reader, palette);
    }

    /**
     * Connects, and returns when the connection is closed.
     *
     * @param terminal closed in the end
     * @param environment of the process: {@code NO_COLOR}, {@code TERM}
     * @param historyFile keeps what was typed, for the next time; made if it can be
     * @return the exit code, see {@link ExitCodes}
     */
    public static int run(
            WebSocketBuilder builder, Plan plan, Terminal terminal, Map<String, String> environment, Path historyFile)
            throws IOException {
        try (terminal) {
            return new Interactive(terminal, environment, historyFile).run(builder, plan);
        }
    }

    private int run(WebSocketBuilder builder, Plan plan) {
        CompletableFuture<Conversation> begun = new CompletableFuture<>();
        CompletableFuture<Thread> typing = new CompletableFuture<>();
        Conversation conversation =
                Conversation.begin(builder, plan, display, () -> typing.complete(startReading(begun.join())));
        begun.complete(conversation);
        int code = conversation.await();
        if (typing.isDone()) {
            stop(typing.join());
        }
        return code;
    }

    private Thread startReading(Conversation conversation) {
        Thread thread = new Thread(() -> read(conversation), "parley-typing");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Reads until the user ends it, or the thread is interrupted because the connection is over. */
    private void read(Conversation conversation) {
        TypedInput input = new TypedInput(conversation, display);
        String prompt = palette.prompt().toAnsi(terminal);
        while (conversation.isOpen()) {
            try {
                input.accept(reader.readLine(prompt));
            } catch (UserInterruptException interrupted) {
                if (interrupted.getPartialLine().isEmpty()) {
                    conversation.close();
                }
            } catch (EndOfFileException ended) {
                conversation.close();
            }
        }
    }

    /** So that it leaves the terminal as it was. */
    private static void stop(Thread reading) {
        reading.interrupt();
        try {
            reading.join(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What somebody typed is for nobody else to read. */
    private static boolean canBeWritten(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                Files.createFile(file);
                file.toFile().setReadable(false, false);
                file.toFile().setReadable(true, true);
            }
            return Files.isWritable(file);
        } catch (IOException expected) {
            return false; // then it is forgotten
        }
    }
}
