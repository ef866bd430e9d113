package io.parley.websocket.server;

import java.util.ArrayList;
import java.util.List;

/** Opens and closes a server. */
final class ServerLifecycle {

    private final HttpOptions options;
    private final Router router;
    private final List<Runnable> hooks = new ArrayList<>();

    ServerLifecycle(HttpOptions options, Router router) {
        this.options = options;
        this.router = router;
    }

    HttpOptions options() {
        return options;
    }

    void onClosing(Runnable hook) {
        hooks.add(hook);
    }

    void start() {
        if (options.port() >= 0) {
            throw new UnsupportedOperationException("start " + router.options());
        }
    }

    int port() {
        return options.port();
    }

    void close() {
        hooks.forEach(Runnable::run);
    }
}
