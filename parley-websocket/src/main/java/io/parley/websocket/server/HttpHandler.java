package io.parley.websocket.server;

/** Answers HTTP requests. Where it runs is said by the method that takes it. */
@FunctionalInterface
public interface HttpHandler {

    /**
     * Answers one request, now or later, by {@link HttpExchange#respond} or {@link HttpExchange#upgrade}.
     *
     * @throws Exception if it fails: answered with 500 and logged
     */
    void handle(HttpExchange exchange) throws Exception;
}
