package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.client.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Does what is typed: sends it, or runs a slash command.
 *
 * <p><b>Threading.</b> Confined to the thread that reads the terminal.
 */
final class TypedInput {

    private static final int MAX_PING_BYTES = 125;

    private final Conversation conversation;
    private final TerminalDisplay display;

    TypedInput(Conversation conversation, TerminalDisplay display) {
        this.conversation = conversation;
        this.display = display;
    }

    /** Does what a line says; what is wrong with it is shown. */
    void accept(String line) {
        try {
            if (line.startsWith("//")) {
                conversation.send(line.substring(1));
            } else if (line.startsWith("/")) {
                run(line);
            } else if (!line.isEmpty()) {
                conversation.send(line);
            }
        } catch (IllegalArgumentException mistake) {
            display.mistake(String.valueOf(mistake.getMessage()));
        }
    }

    private void run(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        SlashCommand command = SlashCommand.of(words[0])
                .orElseThrow(() -> new IllegalArgumentException(words[0] + " (expected: one of "
                        + String.join(", ", SlashCommand.words()) + "; a message that begins with / is typed as //)"));
        switch (command) {
            case CLOSE -> close(rest);
            case PING -> ping(rest);
            case BINARY -> conversation.sendBinary(BinaryForm.HEX.read(rest));
            case FILE -> sendFile(rest);
            case INFO -> tellFigures(conversation.socket());
            case HELP -> SlashCommand.help().forEach(display::note);
            case QUIT -> conversation.close();
        }
    }

    private void close(String codeAndReason) {
        if (codeAndReason.isEmpty()) {
            conversation.close();
            return;
        }
        String[] parts = codeAndReason.split("\\s+", 2);
        conversation.close(codeOf(parts[0]), parts.length == 1 ? "" : parts[1]);
    }

    private static int codeOf(String word) {
        if (!word.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("close code: " + word + " (expected: 1000, or 3000 to 4999)");
        }
        return Integer.parseInt(word);
    }

    private void ping(String text) {
        byte[] payload = text.getBytes(UTF_8);
        if (payload.length > MAX_PING_BYTES) {
            throw new IllegalArgumentException(
                    "ping: " + payload.length + " bytes (expected: at most " + MAX_PING_BYTES + ")");
        }
        long sent = System.nanoTime();
        conversation.ping(ByteBuffer.wrap(payload), () -> display.note("Answered after " + millisSince(sent) + " ms"));
    }

    private static String millisSince(long moment) {
        return String.format("%.1f", (System.nanoTime() - moment) / 1e6);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of it is shown
    private void sendFile(String path) {
        Path file = fileOf(path);
        conversation.socket().send(file).whenComplete((done, failure) -> {
            if (failure == null) {
                display.note("Sent " + file);
            } else {
                display.mistake("Cannot send " + file + ": " + failure.getMessage());
            }
        });
    }

    private static Path fileOf(String path) {
        try {
            Path file = Path.of(path);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException expected) {
            // As one that is not there.
        }
        throw new IllegalArgumentException("'" + path + "' (expected: a file that can be read)");
    }

    private void tellFigures(WebSocket socket) {
        ConnectionFigures figures = socket.figures();
        display.note(socket.url()
                + (socket.protocol().isEmpty() ? ", no protocol" : ", protocol " + socket.protocol())
                + (socket.extensions().isEmpty() ? ", no extensions" : ", " + socket.extensions()));
        display.note("sent " + figures.framesSent() + " frames, " + figures.bytesSent() + " bytes; received "
                + figures.framesReceived() + " frames, " + figures.bytesReceived() + " bytes; "
                + socket.bufferedAmount() + " bytes wait");
    }
}
