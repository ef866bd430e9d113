package io.parley.socketio.server;

/** Hears what handlers throw. */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Called on a handler thread, after the error was logged.
     *
     * @param socket the socket whose handler it was
     * @param event the name of the event, or {@code connection}, {@code middleware}, {@code disconnecting},
     *     {@code disconnect} or {@code error}
     * @param error what the handler threw
     */
    void onError(Socket socket, String event, Throwable error);
}
