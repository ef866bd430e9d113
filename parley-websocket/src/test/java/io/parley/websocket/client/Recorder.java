package io.parley.websocket.client;

import io.parley.testkit.Deadline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down the events of a socket. */
final class Recorder {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<WebSocketException> causes = new CopyOnWriteArrayList<>();

    /** Listens to all events of what the builder makes. */
    WebSocketBuilder listen(WebSocketBuilder builder) {
        return builder.addListener(EventType.OPEN, open -> events.add("open"))
                .addListener(
                        EventType.MESSAGE,
                        message -> events.add(message.isText() ? message.text() : message.bytes().length + " bytes"))
                .addListener(EventType.ERROR, error -> {
                    events.add("error");
                    causes.add(error.cause());
                })
                .addListener(
                        EventType.CLOSE,
                        close -> events.add("close " + close.code() + " '" + close.reason() + "' "
                                + (close.wasClean() ? "clean" : "unclean")));
    }

    /** Connects, and waits for the end. */
    Recorder runToEnd(WebSocketBuilder builder) {
        Deadline.get(listen(builder).connect().closed());
        return this;
    }

    List<String> events() {
        return events;
    }

    /** What the one error event said. */
    WebSocketException cause() {
        return causes.get(0);
    }
}
