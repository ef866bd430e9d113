package io.parley.cli.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.CloseCode;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import io.parley.websocket.server.HttpHandler;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket that echoes, or one that is closed at once when the query says {@code close=CODE}.
 *
 * <p><b>Threading.</b> Immutable; called on event loops.
 */
final class EchoHandler implements HttpHandler {

    private static final int MAX_REASON_BYTES = 123;

    private final WebSocketUpgrade upgrade;

    EchoHandler(WebSocketUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.request();
        Optional<String> code = request.queryParameter("close");
        if (code.isEmpty()) {
            exchange.upgrade(upgrade, new Echo(request.target()));
            return;
        }
        String reason = request.queryParameter("reason").orElse("");
        String mistake = mistakeIn(code.get(), reason);
        if (mistake != null) {
            exchange.respond(HttpResponse.text(400, mistake + "\n"));
            return;
        }
        exchange.upgrade(upgrade, new Farewell(Integer.parseInt(code.get()), reason));
    }

    private static @Nullable String mistakeIn(String code, String reason) {
        if (!code.matches("[0-9]{4}") || !CloseCode.isSendable(Integer.parseInt(code))) {
            return "close=" + code + " (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)";
        }
        int length = reason.getBytes(UTF_8).length;
        return length > MAX_REASON_BYTES
                ? "reason: " + length + " bytes (expected: at most " + MAX_REASON_BYTES + " bytes of UTF-8)"
                : null;
    }
}
