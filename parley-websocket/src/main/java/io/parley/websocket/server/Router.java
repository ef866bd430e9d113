package io.parley.websocket.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds who answers a request. */
final class Router {

    private final HttpOptions options;
    private final Map<String, HttpHandler> mounted = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();

    Router(HttpOptions options) {
        this.options = options;
    }

    HttpOptions options() {
        return options;
    }

    void mount(String prefix, HttpHandler handler) {
        mounted.put(prefix, handler);
    }

    void handle(String method, String path, HttpHandler handler) {
        handlers.put(method + ' ' + path, handler);
    }

    void handleOnLoop(String method, String path, HttpHandler handler) {
        handlers.put(method + ' ' + path, handler);
    }
}
