package io.parley.chat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a {@link ChatServer} was made with; see its builder. Immutable. */
record ChatOptions(
        String host,
        int port,
        Path dataFolder,
        List<String> allowedOrigins,
        boolean guests,
        Duration gracePeriod,
        Duration sessionLifetime,
        int messagesPerSecond,
        int messagesAtOnce,
        int maxUsers,
        int maxRooms) {}
