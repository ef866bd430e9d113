package io.parley.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program for Node that plays the other side: a committed script, run with the npm peers, that answers calls and tells
 * what happens. The script uses {@code parley-peer.cjs}, which describes the JSON lines that go back and forth.
 *
 * <p>Values are those of {@link Json}; binary data is {@code Map.of("$hex", "01ff")}. Safe for any thread.
 */
public final class NodePeer implements AutoCloseable {

    private static final int KEPT_LINES = 200;

    private final Process process;
    private final Writer stdin;
    private final Map<Integer, CompletableFuture<@Nullable Object>> calls = new HashMap<>(); // guarded by this
    private final List<Event> events = new ArrayList<>(); // guarded by this
    private final Map<String, Integer> taken = new HashMap<>(); // guarded by this: where nextEvent() goes on
    private final Deque<String> output = new ArrayDeque<>(); // guarded by this
    private int lastCall; // guarded by this
    private boolean ended; // guarded by this

    /**
     * Something the script told.
     *
     * @param name what happened
     * @param data what the script says about it
     */
    public record Event(String name, @Nullable Object data) {}

    private NodePeer(Process process) {
        this.process = process;
        this.stdin = process.outputWriter(UTF_8);
        startReader("node-stdout", process.getInputStream(), true);
        startReader("node-stderr", process.getErrorStream(), false);
    }

    /**
     * Starts a script and waits until it serves.
     *
     * @param script relative to the module's folder, usually {@code src/test/node/….cjs}
     * @throws AssertionError if it does not serve within the limit, with what it printed
     */
    public static NodePeer start(Path script, String... args) {
        requireNonNull(script, "script");
        List<String> command =
                new ArrayList<>(List.of("node", script.toAbsolutePath().toString()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path modules = Npm.installed().resolve("node_modules");
        builder.environment().put("NODE_PATH", modules + File.pathSeparator + Npm.scripts());
        try {
            NodePeer peer = new NodePeer(builder.start());
            peer.nextEvent("ready");
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start node (expected: Node.js 18 or later on the PATH)", e);
        }
    }

    /**
     * Calls a method of the script and waits for its answer.
     *
     * @return what the method returned
     * @throws AssertionError if the method fails or does not answer within the limit, with what the script printed
     */
    public @Nullable Object call(String method, @Nullable Object... args) {
        CompletableFuture<@Nullable Object> answer = callLater(method, args);
        try {
            return Deadline.get(answer);
        } catch (AssertionError e) {
            throw failed(method + Arrays.toString(args) + ": " + e.getMessage(), e);
        }
    }

    /** Calls a method of the script; the future has its answer, or fails with its error. */
    public CompletableFuture<@Nullable Object> callLater(String method, @Nullable Object... args) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        Map<String, @Nullable Object> request = new HashMap<>();
        synchronized (this) {
            request.put("id", ++lastCall);
            calls.put(lastCall, answer);
            if (ended) {
                answer.completeExceptionally(new IllegalStateException("The script has ended"));
            }
        }
        request.put("call", method);
        request.put("args", Arrays.asList(args));
        write(Json.write(request));
        return answer;
    }

    /**
     * Waits for the next event of this name; each is returned once, in order.
     *
     * @throws AssertionError if none comes within the limit, with what the script printed
     */
    public @Nullable Object nextEvent(String name) {
        long end = System.nanoTime() + Deadline.LIMIT.toNanos();
        try {
            synchronized (this) {
                Event event = take(name);
                while (event == null) {
                    wait(millisUntil(end, name));
                    event = take(name);
                }
                return event.data();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while waiting for event '" + name + "'", e);
        }
    }

    /** Everything told so far under this name, in order, whether taken or not. */
    public synchronized List<@Nullable Object> events(String name) {
        List<@Nullable Object> found = new ArrayList<>();
        for (Event event : events) {
            if (event.name().equals(name)) {
                found.add(event.data());
            }
        }
        return found;
    }

    /** Everything told so far, in order. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The last 200 lines that the script printed to standard error, for a failure's message. */
    public synchronized String output() {
        return String.join("\n", output);
    }

    /** The script's process, for a test that kills it. */
    public Process process() {
        return process;
    }

    /** Ends the script: it is asked by the end of its input, and killed when it does not go. */
    @Override
    public void close() {
        try {
            stdin.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException expected) {
            process.destroyForcibly(); // the script ended by itself, in the middle of a line
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    // Called with the lock held.
    private @Nullable Event take(String name) {
        for (int i = taken.getOrDefault(name, 0); i < events.size(); i++) {
            if (events.get(i).name().equals(name)) {
                taken.put(name, i + 1);
                return events.get(i);
            }
        }
        taken.put(name, events.size());
        return null;
    }

    // Called with the lock held.
    private long millisUntil(long end, String name) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0 || ended) {
            throw failed("No event '" + name + "' " + (ended ? "before the script ended" : "within the limit"), null);
        }
        return left;
    }

    private synchronized AssertionError failed(String what, @Nullable Throwable cause) {
        return new AssertionError(what + "\nEvents: " + events + "\nOutput of the script:\n" + output(), cause);
    }

    private void write(String line) {
        try {
            synchronized (stdin) {
                stdin.write(line + "\n");
                stdin.flush();
            }
        } catch (IOException e) {
            throw failed("The script does not read: " + e.getMessage(), e);
        }
    }

    private void startReader(String name, InputStream stream, boolean protocol) {
        Thread reader = new Thread(() -> read(stream, protocol), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream, boolean protocol) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (protocol && line.startsWith("{")) {
                    onMessage(Json.parseObject(line));
                } else {
                    onOutput(line);
                }
            }
        } catch (IOException e) {
            onOutput("(" + e.getMessage() + ")");
        }
        if (protocol) {
            onEnd();
        }
    }

    private synchronized void onMessage(Map<String, @Nullable Object> message) {
        Object event = message.get("event");
        if (event != null) {
            events.add(new Event(event.toString(), message.get("data")));
            notifyAll();
            return;
        }
        CompletableFuture<@Nullable Object> answer = calls.remove(message.get("id"));
        if (answer == null) {
            onOutput("(answer without a call) " + message);
        } else if (message.containsKey("error")) {
            answer.completeExceptionally(new IllegalStateException(String.valueOf(message.get("error"))));
        } else {
            answer.complete(message.get("result"));
        }
    }

    private synchronized void onOutput(String line) {
        output.add(line);
        if (output.size() > KEPT_LINES) {
            output.remove();
        }
    }

    private synchronized void onEnd() {
        ended = true;
        calls.values().forEach(call -> call.completeExceptionally(new IllegalStateException("The script has ended")));
        calls.clear();
        notifyAll();
    }
}
