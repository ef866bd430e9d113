package io.parley.websocket.server;

import io.parley.websocket.http.HttpSyntax;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds who answers a request, and runs it where it belongs.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Router {

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private static final Route NOT_FOUND = Route.answering(HttpResponse.text(404, "Nothing is served at this path\n"));
    private static final Route WHOLE_SERVER = Route.answering(HttpResponse.of(204)); // OPTIONS *

    private final Map<String, Route> mounted = new ConcurrentSkipListMap<>(LONGEST_FIRST);
    private final Map<String, Map<String, Route>> exact = new ConcurrentHashMap<>(); // by path, then method
    private final Map<String, Route> upgrades = new ConcurrentSkipListMap<>(LONGEST_FIRST);
    private final Route otherwise;
    private final Executor handlerExecutor;

    Router(@Nullable StaticFiles files, Executor handlerExecutor) {
        otherwise = files == null ? NOT_FOUND : new Route(new StaticFileHandler(files)::handle, false);
        this.handlerExecutor = handlerExecutor;
    }

    /** Who answers, and whether on the event loop. */
    private record Route(ServerExchange.Handler handler, boolean onLoop) {

        static Route answering(HttpResponse response) {
            return new Route(exchange -> exchange.respond(response), true);
        }
    }

    void mount(String prefix, HttpHandler handler) {
        mount(mounted, prefix, handler);
    }

    void mountUpgrades(String prefix, HttpHandler handler) {
        mount(upgrades, prefix, handler);
    }

    private static void mount(Map<String, Route> routes, String prefix, HttpHandler handler) {
        checkPath(prefix);
        if (routes.putIfAbsent(prefix, new Route(handler::handle, true)) != null) {
            throw new IllegalStateException(prefix + " is mounted already (expected: one handler a prefix)");
        }
    }

    void handle(String method, String path, HttpHandler handler) {
        add(method, path, new Route(handler::handle, false));
    }

    void handleOnLoop(String method, String path, HttpHandler handler) {
        add(method, path, new Route(handler::handle, true));
    }

    private void add(String method, String path, Route route) {
        if (!HttpSyntax.isToken(method)) {
            throw new IllegalArgumentException("method: '" + method + "' (expected: a token, for example GET)");
        }
        checkPath(path);
        Map<String, Route> methods = exact.computeIfAbsent(path, any -> new ConcurrentHashMap<>());
        if (methods.putIfAbsent(method, route) != null) {
            throw new IllegalStateException(
                    method + " " + path + " is handled already (expected: one handler a method and path)");
        }
    }

    private static void checkPath(String path) {
        if (!path.startsWith("/") || path.indexOf('?') >= 0) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: begins with a slash, without a query)");
        }
    }

    void dispatch(ServerExchange exchange) {
        Route route = find(exchange);
        if (route.onLoop) {
            exchange.run(route.handler);
            return;
        }
        try {
            handlerExecutor.execute(() -> exchange.run(route.handler));
        } catch (RejectedExecutionException expected) { // the executor is full, or was shut down by its owner
            exchange.respond(HttpResponse.text(503, "The server takes no more requests now\n"));
        }
    }

    private Route find(ServerExchange exchange) {
        HttpRequest request = exchange.request();
        Route engine = byPrefix(mounted, request);
        if (engine != null) {
            return engine;
        }
        if (request.target().equals("*")) {
            return WHOLE_SERVER;
        }
        Map<String, Route> methods = exact.get(request.path());
        if (methods != null) {
            return byMethod(methods, request.method());
        }
        Route upgrade = exchange.isWebSocketUpgrade() ? byPrefix(upgrades, request) : null;
        return upgrade == null ? otherwise : upgrade;
    }

    private static @Nullable Route byPrefix(Map<String, Route> routes, HttpRequest request) {
        for (Map.Entry<String, Route> route : routes.entrySet()) {
            if (request.target().startsWith(route.getKey())) {
                return route.getValue();
            }
        }
        return null;
    }

    private static Route byMethod(Map<String, Route> methods, String method) {
        Route route = methods.get(method);
        if (route == null && method.equals("HEAD")) {
            route = methods.get("GET");
        }
        if (route != null) {
            return route;
        }
        String allowed = allowed(methods);
        if (method.equals("OPTIONS")) {
            return Route.answering(HttpResponse.of(204).with("Allow", allowed));
        }
        return Route.answering(HttpResponse.text(405, "Method " + method + " (expected: " + allowed + ")\n")
                .with("Allow", allowed));
    }

    private static String allowed(Map<String, Route> methods) {
        TreeSet<String> allowed = new TreeSet<>(methods.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return String.join(", ", allowed);
    }
}
