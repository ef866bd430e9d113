package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.client.WebSocketBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a client says in its opening handshake. */
final class HandshakeOptions {

    private static final int MAX_REDIRECTS = 10;

    @Option(
            names = {"-s", "--protocol"},
            paramLabel = "NAME",
            split = ",",
            description = "Offers a subprotocol; may be repeated or a list with commas, the best first.")
    private List<String> protocols = new ArrayList<>();

    @Option(
            names = {"-H", "--header"},
            paramLabel = "FIELD",
            description = "Adds a header field, such as 'X-Key: value'; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-o", "--origin"},
            paramLabel = "ORIGIN",
            description = "Says that a page of this origin connects, such as https://app.example.")
    private @Nullable String origin; // null unless given

    @Option(names = "--cookie", paramLabel = "NAME=VALUE", description = "Sends a cookie; may be repeated.")
    private List<String> cookies = new ArrayList<>();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME:PASSWORD",
            description = "Logs in by basic authentication; asks for the password if it is left out.")
    private @Nullable String user; // null unless given

    @Option(
            names = {"-L", "--location"},
            description = "Follows up to " + MAX_REDIRECTS + " redirects.")
    private boolean followRedirects;

    /**
     * Sets what was given.
     *
     * @throws IllegalArgumentException if something of it cannot be sent
     */
    void applyTo(WebSocketBuilder socket) {
        if (!protocols.isEmpty()) {
            socket.protocols(protocols.toArray(String[]::new));
        }
        headers.forEach(field -> addHeader(socket, field));
        if (origin != null) {
            socket.header("Origin", origin);
        }
        if (!cookies.isEmpty()) {
            socket.header("Cookie", String.join("; ", cookies));
        }
        if (user != null) {
            socket.header("Authorization", "Basic " + base64(user.contains(":") ? user : withPassword(user)));
        }
        if (followRedirects) {
            socket.maxRedirects(MAX_REDIRECTS);
        }
    }

    private static void addHeader(WebSocketBuilder socket, String field) {
        int colon = field.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--header: '" + field + "' (expected: a name, a colon and a value)");
        }
        socket.header(field.substring(0, colon), field.substring(colon + 1).strip());
    }

    private static String withPassword(String name) {
        char[] password = Consoles.readPassword("Password of " + name + ": ");
        if (password == null) {
            throw new IllegalArgumentException("--user: '" + name
                    + "' without a password, and no terminal to ask for it (expected: NAME:PASSWORD)");
        }
        return name + ":" + new String(password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
