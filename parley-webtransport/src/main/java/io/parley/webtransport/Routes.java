package io.parley.webtransport;

import io.parley.engineio.server.EngineServer;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Which engine answers at which path: the longest prefix that matches.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Routes {

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Map<String, EngineServer> engines = new ConcurrentSkipListMap<>(LONGEST_FIRST);

    void mount(String prefix, EngineServer engine) {
        if (!prefix.startsWith("/")) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: a slash first)");
        }
        if (engines.putIfAbsent(prefix, engine) != null) {
            throw new IllegalStateException(prefix + " is mounted already (expected: one engine a prefix)");
        }
    }

    /** The engine at this raw request target; null when there is none. */
    @Nullable
    EngineServer find(String target) {
        for (Map.Entry<String, EngineServer> route : engines.entrySet()) {
            if (target.startsWith(route.getKey())) {
                return route.getValue();
            }
        }
        return null;
    }
}
