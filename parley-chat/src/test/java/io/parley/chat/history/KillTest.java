package io.parley.chat.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.chat.domain.Message;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed in the middle: whatever it acknowledged must be there. */
class KillTest {

    private static final String END = " end";
    private static final int ACKNOWLEDGED_BEFORE_KILL = 500;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void givenAWriterThatIsKilled_whenTheHistoryIsOpenedAgain_thenEveryAcknowledgedMessageIsThere() throws Exception {
        Path file = folder.resolve("history.db");

        List<String> acknowledged = acknowledgedBeforeKill(file);

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
        assertThat(storedIn(file)).containsAll(acknowledged);
    }

    private static List<String> acknowledgedBeforeKill(Path file) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
            List<String> acknowledged = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(END)) { // the last one may be cut
                    acknowledged.add(line);
                }
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    writer.toHandle().destroyForcibly(); // SIGKILL; what it still managed to print is read on
                }
            }
            return acknowledged;
        } finally {
            writer.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static Set<String> storedIn(Path file) {
        Set<String> stored = new HashSet<>();
        try (History history = History.open(file, Clock.systemUTC())) {
            Room lobby = history.rooms().get(0);
            for (long after = 0; after < lobby.lastId(); after += Page.MAX_SIZE) {
                history.after(lobby, after, Page.MAX_SIZE).messages().forEach(m -> stored.add(line(m)));
            }
        }
        return stored;
    }

    private static String line(Message message) {
        return message.id() + " " + message.key() + END;
    }

    /** Posts until it is killed, and prints each message once it is acknowledged. */
    static final class EndlessWriter {

        private EndlessWriter() {}

        public static void main(String[] args) {
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            History history = History.open(Path.of(args[0]), Clock.systemUTC());
            Room lobby = history.rooms().get(0);
            User user = new User("u1", "Ada", false);
            Semaphore inFlight = new Semaphore(64);
            for (int i = 0; ; i++) {
                inFlight.acquireUninterruptibly();
                CompletableFuture<Void> unused = history.post(new NewMessage(lobby, "key-" + i, user, "text " + i))
                        .thenAccept(posted -> {
                            out.println(line(posted.message()));
                            inFlight.release();
                        });
            }
        }
    }
}
