package io.parley.websocket.client;

import io.parley.websocket.HttpHeaders;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where cookies come from and go to.
 *
 * @param handler the user's; null for none
 */
record Cookies(@Nullable CookieHandler handler) {

    private static final Logger log = LoggerFactory.getLogger(WebSocket.class);

    /** The value of the {@code Cookie} field; empty for none. It may block. */
    String forRequest(Target target) throws IOException {
        if (handler == null) {
            return "";
        }
        List<String> cookies = new ArrayList<>();
        handler.get(webUri(target), Map.of()).forEach((name, values) -> {
            if (name.equalsIgnoreCase("Cookie")) {
                cookies.addAll(values);
            }
        });
        return String.join("; ", cookies);
    }

    /** Takes the cookies of an answer. It may block. */
    void keep(Target target, HttpHeaders answer) {
        if (handler == null) {
            return;
        }
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.forEach((name, value) ->
                fields.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
        try {
            handler.put(webUri(target), fields);
        } catch (IOException | RuntimeException notKept) {
            log.warn("{}: its cookies were not kept", target, notKept);
        }
    }

    /** The URL as those who know nothing but the web see it. */
    private static URI webUri(Target target) {
        String origin = target.origin().replaceFirst("ws", "http");
        String resource =
                PercentEncoding.encode(target.resource(), "\"<>[\\]^`{|}").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        return URI.create(origin + resource);
    }
}
