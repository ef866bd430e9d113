package io.parley.engineio.server;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may change the header fields of answers.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class HeadersListeners {

    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);

    private final List<HeadersListener> initial = new CopyOnWriteArrayList<>();
    private final List<HeadersListener> every = new CopyOnWriteArrayList<>();

    void addInitial(HeadersListener listener) {
        initial.add(listener);
    }

    void add(HeadersListener listener) {
        every.add(listener);
    }

    /** What the listeners make of the fields of an answer; {@code first} for the one that begins a session. */
    HttpHeaders tell(HttpHeaders fields, HttpRequest request, boolean first) {
        if (every.isEmpty() && (!first || initial.isEmpty())) {
            return fields;
        }
        ResponseHeaders headers = new ResponseHeaders(fields);
        if (first) {
            tell(initial, headers, request);
        }
        tell(every, headers, request);
        return headers.toHeaders();
    }

    private static void tell(List<HeadersListener> listeners, ResponseHeaders headers, HttpRequest request) {
        for (HeadersListener listener : listeners) {
            try {
                listener.onHeaders(headers, request);
            } catch (RuntimeException | Error thrown) {
                log.error("A listener for headers failed", thrown);
            }
        }
    }
}
