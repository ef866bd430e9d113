package io.parley.chat;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat room: its page, its Socket.IO server and its history, on one port and in one data folder.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class ChatServer implements AutoCloseable {

    private final ChatOptions options;
    private @Nullable RunningChat running; // guarded by this; null unless it runs

    private ChatServer(ChatOptions options) {
        this.options = options;
    }

    /**
     * A chat with every option at its default.
     *
     * @param dataFolder holds history and keys; made, for its owner only, if there is none
     */
    public static Builder builder(Path dataFolder) {
        return new Builder(requireNonNull(dataFolder, "dataFolder"));
    }

    /**
     * Opens the data folder and the port. The chat listens when this returns.
     *
     * @return this server
     * @throws java.io.UncheckedIOException if the port is taken, or the data folder cannot be written or is held by
     *     another server; the message says which and what to do
     * @throws io.parley.chat.history.HistoryException if the history cannot be read
     * @throws IllegalStateException if it runs
     */
    public synchronized ChatServer start() {
        if (running != null) {
            throw new IllegalStateException("start() of a chat that runs (expected: one that is closed)");
        }
        running = RunningChat.start(options);
        return this;
    }

    /**
     * The port it listens on.
     *
     * @throws IllegalStateException if it does not run
     */
    public synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("port() of a chat that does not run; call start() first");
        }
        return running.port();
    }

    /** Stops: connections are closed, what was said is stored, the data folder is let go. */
    @Override
    public synchronized void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Makes a chat server. */
    public static final class Builder {

        private final Path dataFolder;
        private String host = "127.0.0.1";
        private int port;
        private final List<String> allowedOrigins = new ArrayList<>();
        private boolean guests = true;
        private Duration gracePeriod = Duration.ofSeconds(10);
        private Duration sessionLifetime = Duration.ofDays(30);
        private int messagesPerSecond = 10;
        private int messagesAtOnce = 30;
        private int maxUsers = 2_000;
        private int maxRooms = 500;

        private Builder(Path dataFolder) {
            this.dataFolder = dataFolder;
        }

        /** Sets the address to listen on: {@code 127.0.0.1} unless set, {@code 0.0.0.0} for all networks. */
        public Builder host(String address) {
            host = requireNonNull(address, "address");
            return this;
        }

        /** Sets the port, 0 to 65535; 0, the default, takes any free one, see {@link ChatServer#port}. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Lets pages of another origin talk to the chat too, for example {@code https://app.example}. */
        public Builder allowOrigin(String origin) {
            allowedOrigins.add(requireNonNull(origin, "origin"));
            return this;
        }

        /** Sets whether plain Socket.IO clients without a name may join the lobby, as they may unless set. */
        public Builder guests(boolean letIn) {
            guests = letIn;
            return this;
        }

        /**
         * Sets how long somebody may be without a connection until they have left and their name is free.
         *
         * @param time zero or more; 10 s unless set
         * @throws IllegalArgumentException if it is negative
         */
        public Builder gracePeriod(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("gracePeriod: " + time + " (expected: zero or more)");
            }
            gracePeriod = time;
            return this;
        }

        /**
         * Sets how long somebody may stay away and come back as themselves, to their rooms and unread messages.
         *
         * @param time 1 s or more; 30 days unless set
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder sessionLifetime(Duration time) {
            if (time.toSeconds() < 1) {
                throw new IllegalArgumentException("sessionLifetime: " + time + " (expected: 1 s or more)");
            }
            sessionLifetime = time;
            return this;
        }

        /**
         * Sets how fast one person may send messages; an address may send 20 times as much. Beyond it a message is
         * refused and says when to try again.
         *
         * @param perSecond in the long run, 1 or more; 10 unless set
         * @param atOnce after a rest, 1 or more; 30 unless set
         * @throws IllegalArgumentException if one of them is less
         */
        public Builder messageRate(int perSecond, int atOnce) {
            messagesPerSecond = atLeastOne("perSecond", perSecond);
            messagesAtOnce = atLeastOne("atOnce", atOnce);
            return this;
        }

        /** Sets how many people may be here at a time, guests included, 1 or more; 2,000 unless set. */
        public Builder maxUsers(int users) {
            maxUsers = atLeastOne("maxUsers", users);
            return this;
        }

        /** Sets how many rooms there may be, the lobby included, 1 or more; 500 unless set. */
        public Builder maxRooms(int rooms) {
            maxRooms = atLeastOne("maxRooms", rooms);
            return this;
        }

        /** The server, not started yet. */
        public ChatServer build() {
            return new ChatServer(new ChatOptions(
                    host,
                    port,
                    dataFolder,
                    List.copyOf(allowedOrigins),
                    guests,
                    gracePeriod,
                    sessionLifetime,
                    messagesPerSecond,
                    messagesAtOnce,
                    maxUsers,
                    maxRooms));
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
            }
            return value;
        }
    }
}
