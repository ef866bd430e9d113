package io.parley.cli.connect;

import io.parley.websocket.CloseCode;
import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.HandshakeException;
import io.parley.websocket.client.WebSocketException;
import java.net.ConnectException;
import java.util.Map;

/** Close codes and failures in words (RFC 6455 section 7.4.1 and the IANA registry). */
final class CloseWords {

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(1000, "normal"),
            Map.entry(1001, "going away"),
            Map.entry(1002, "protocol error"),
            Map.entry(1003, "unsupported data"),
            Map.entry(1005, "no code"),
            Map.entry(1006, "lost"),
            Map.entry(1007, "invalid data"),
            Map.entry(1008, "policy violation"),
            Map.entry(1009, "message too big"),
            Map.entry(1010, "missing extension"),
            Map.entry(1011, "internal error"),
            Map.entry(1012, "service restart"),
            Map.entry(1013, "try again later"),
            Map.entry(1014, "bad gateway"));

    private CloseWords() {}

    /** The code, what it means, and the reason that came with it: {@code 1001 (going away): restart}. */
    static String of(CloseEvent close) {
        String meaning = MEANINGS.get(close.code());
        return close.code()
                + (meaning == null ? "" : " (" + meaning + ")")
                + (close.reason().isEmpty() ? "" : ": " + Controls.visible(close.reason()));
    }

    /** What went wrong, with its cause where the message does not tell it. */
    static String of(WebSocketException failure) {
        String message = String.valueOf(failure.getMessage());
        String cause = failure.getCause() == null ? null : failure.getCause().getMessage();
        String all = cause == null || message.contains(cause) ? message : message + ": " + cause;
        return Controls.visible(all) + adviceFor(failure);
    }

    /** What can be done about it, with the options of the command. */
    private static String adviceFor(WebSocketException failure) {
        if (failure instanceof HandshakeException refusal) {
            return adviceFor(refusal);
        }
        if (failure.closeCode() == CloseCode.TLS_HANDSHAKE) {
            return "; trust its authority with --ca, or check nothing with --insecure";
        }
        return failure.getCause() instanceof ConnectException ? "; is the server running there?" : "";
    }

    private static String adviceFor(HandshakeException refusal) {
        return switch (refusal.status()) {
            case 301, 302, 303, 307, 308 ->
                "; add --location to follow it to "
                        + refusal.headers()
                                .first("Location")
                                .map(Controls::visible)
                                .orElse("nowhere");
            case 401 -> "; log in with --user or a header";
            case 403 -> "; the server may want an --origin, a --cookie or a --header";
            case 404 -> "; check the path";
            case 407 -> "; the proxy wants a name and a password";
            case 200, 400, 426 -> "; is there a WebSocket server at this path?";
            default -> "";
        };
    }
}
