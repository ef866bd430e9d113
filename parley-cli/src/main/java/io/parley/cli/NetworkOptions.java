package io.parley.cli;

import io.parley.websocket.client.Proxy;
import io.parley.websocket.client.WebSocketBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a client reaches its server, and what it takes from it. */
final class NetworkOptions {

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long connecting may take, with all handshakes (default: ${DEFAULT-VALUE}).")
    private int connectTimeout;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            converter = ProxyUrl.class,
            description = "Goes through a proxy: http://[user:password@]host:port or socks5://…; none for none"
                    + " (default: what the system properties of Java say).")
    private @Nullable Proxy proxy; // null unless given

    @Option(
            names = "--ping",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "Pings the server that often, and gives up when it does not answer (default: ${DEFAULT-VALUE});"
                            + " 0 for never.")
    private int pingSeconds;

    @Option(
            names = "--max-message",
            paramLabel = "BYTES",
            defaultValue = "64M",
            converter = ByteSize.class,
            description = "The longest message to take (default: ${DEFAULT-VALUE}).")
    private int maxMessageBytes;

    @Option(names = "--no-deflate", description = "Does not offer compression.")
    private boolean noDeflate;

    /**
     * Sets what was given.
     *
     * @throws IllegalArgumentException if something of it cannot be
     */
    void applyTo(CommandSpec spec, WebSocketBuilder socket) {
        Checks.notNegative(spec, "--ping", pingSeconds);
        socket.connectTimeout(Duration.ofSeconds(connectTimeout))
                .pingInterval(Duration.ofSeconds(pingSeconds))
                .maxMessageBytes(maxMessageBytes);
        if (proxy != null) {
            socket.proxy(proxy);
        }
        if (noDeflate) {
            socket.deflate(null);
        }
    }
}
