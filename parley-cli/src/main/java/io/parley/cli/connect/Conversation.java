package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.CloseCode;
import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.ErrorEvent;
import io.parley.websocket.client.MessageEvent;
import io.parley.websocket.client.OpenEvent;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketBuilder;
import io.parley.websocket.client.WebSocketException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the first byte to the exit code: shows what comes, sends what it is given, and knows when to
 * leave.
 *
 * <p><b>Threading.</b> Safe for any thread; what comes is shown by the socket's listeners, one at a time.
 */
final class Conversation {

    private static final long MAX_WAITING_BYTES = 1024 * 1024; // to be sent; more is not read from the user
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2); // for a closing handshake nobody waits for
    private static final Duration BARRIER_PATIENCE = Duration.ofSeconds(10);
    private static final ByteBuffer BARRIER = ByteBuffer.wrap("parley-end-of-input".getBytes(UTF_8));

    private final Plan plan;
    private final Display display;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final CompletableFuture<Void> barrier = new CompletableFuture<>();
    private final AtomicReference<Runnable> onPong = new AtomicReference<>(() -> {});

    @SuppressWarnings("NullAway.Init") // set by begin, before anybody has this
    private WebSocket socket;

    private volatile boolean showing; // a message, at this moment
    private volatile long lastShown = System.nanoTime();
    private volatile boolean asked; // to close, by this side
    private final AtomicInteger messages = new AtomicInteger();
    private volatile @Nullable WebSocketException failure; // null until an error event
    private volatile boolean opened;

    private Conversation(Plan plan, Display display) {
        this.plan = plan;
        this.display = display;
    }

    /** Writes what is to be shown. */
    @FunctionalInterface
    private interface Showing {

        void run() throws IOException;
    }

    /**
     * Begins to connect.
     *
     * @param onOpen runs when the connection is established, and has been shown
     */
    static Conversation begin(WebSocketBuilder builder, Plan plan, Display display, Runnable onOpen) {
        Conversation conversation = new Conversation(plan, display);
        conversation.socket = builder.onOpen(event -> conversation.opened(event, onOpen))
                .onMessage(conversation::message)
                .onPong(conversation::pong)
                .onError(conversation::failed)
                .onClose(conversation::closed)
                .connect();
        return conversation;
    }

    WebSocket socket() {
        return socket;
    }

    // --- what happens ---

    private void opened(OpenEvent event, Runnable onOpen) {
        opened = true;
        show(() -> display.opened(event.socket()));
        onOpen.run();
    }

    private void message(MessageEvent message) {
        if (exitCode.isDone()) {
            return; // nobody reads it
        }
        showing = true;
        show(() -> {
            if (message.isText()) {
                display.text(message.text());
            } else {
                display.binary(message.bytes());
            }
        });
        int shown = messages.incrementAndGet();
        lastShown = System.nanoTime();
        showing = false;
        if (shown == plan.maxMessages()) {
            close();
        }
    }

    private void pong(ByteBuffer payload) {
        if (payload.equals(BARRIER)) {
            barrier.complete(null);
        } else {
            onPong.getAndSet(() -> {}).run();
        }
    }

    private void failed(ErrorEvent error) {
        failure = error.cause();
        if (exitCode.isDone()) {
            return; // nobody reads it
        }
        if (opened || !asked) { // who gives up while connecting knows why it failed
            show(() -> display.failed(error.cause()));
        }
    }

    private void closed(CloseEvent close) {
        if (!exitCode.isDone()) {
            show(() -> display.closed(close, asked));
        }
        exitCode.complete(codeOf(close));
    }

    private int codeOf(CloseEvent close) {
        int code = opened ? ExitCodes.afterOpen(close, failure, asked) : ExitCodes.beforeOpen(failure);
        return code == ExitCodes.CLOSED && messages.get() < plan.maxMessages() ? ExitCodes.MESSAGES_MISSING : code;
    }

    private void show(Showing showing) {
        try {
            showing.run();
        } catch (IOException nobodyReads) {
            leave(ExitCodes.OUTPUT_CLOSED);
        }
    }

    // --- what is done ---

    /** Sends a line as the plan says. Waits while much is on its way to the server. */
    void send(String line) {
        if (plan.binary()) {
            sendBinary(plan.binaryForm().read(line));
        } else {
            waitForRoom();
            socket.send(line);
        }
    }

    /** Sends a binary message. Waits while much is on its way to the server. */
    void sendBinary(byte[] message) {
        waitForRoom();
        socket.send(message);
    }

    private void waitForRoom() {
        while (socket.bufferedAmount() > MAX_WAITING_BYTES && isOpen()) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }

    /**
     * Closes when all that was sent has been answered, as far as can be known: when a ping that was sent after it has
     * come back, and nothing has come for as long as the plan says. Blocks until then.
     */
    void closeWhenSilent() {
        Duration patience = plan.patience();
        if (patience == null) {
            return; // until the server closes
        }
        socket.ping(BARRIER.duplicate());
        waitFor(barrier, BARRIER_PATIENCE);
        long answered = System.nanoTime();
        while (!exitCode.isDone() && (showing || silenceSince(answered) < patience.toNanos())) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
        close();
    }

    private long silenceSince(long moment) {
        long now = System.nanoTime();
        return Math.min(now - moment, now - lastShown);
    }

    /**
     * Sends a ping.
     *
     * @param onAnswer runs when it is answered, unless another one was sent before
     */
    void ping(ByteBuffer payload, Runnable onAnswer) {
        onPong.set(onAnswer);
        socket.ping(payload);
    }

    /** Whether messages can still be sent. */
    boolean isOpen() {
        return socket.readyState() == WebSocket.OPEN;
    }

    /** Closes with 1000. */
    void close() {
        close(CloseCode.NORMAL, "");
    }

    /** As {@link WebSocket#close(int, String)}. */
    void close(int code, String reason) {
        asked = true;
        socket.close(code, reason);
    }

    /** Ends the conversation with that exit code, whatever the server does. */
    void leave(int code) {
        asked = true;
        exitCode.complete(code);
        socket.close(CloseCode.NORMAL);
    }

    /** Waits for the end, which may be the end of the process, and gives the exit code. */
    int await() {
        Thread farewell = new Thread(this::sayFarewell, "parley-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            int code = exitCode.get();
            waitFor(socket.closed(), FAREWELL);
            return code;
        } catch (InterruptedException stopped) {
            sayFarewell();
            Thread.currentThread().interrupt();
            return ExitCodes.CLOSED;
        } catch (ExecutionException impossible) { // it is never completed so
            throw new AssertionError(impossible);
        } finally {
            remove(farewell);
        }
    }

    private void sayFarewell() {
        close();
        waitFor(socket.closed(), FAREWELL);
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException expected) {
            // The process is ending: the hook runs.
        }
    }

    private static void waitFor(CompletableFuture<?> future, Duration limit) {
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException expected) {
            // It was worth the wait; what comes next does not depend on it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
