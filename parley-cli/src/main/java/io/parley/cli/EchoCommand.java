package io.parley.cli;

import io.parley.cli.echo.EchoServer;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an echo server until it is stopped. */
@Command(
        name = "echo",
        description = "Opens a WebSocket and Socket.IO server that sends back what it gets, and a page to try it with.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "%nA path with ?close=4001&reason=bye closes as soon as it is open.",
            "The first subprotocol that a client offers is taken, and pages of every origin may connect.",
            "Socket.IO is at /socket.io/, with every namespace: an event comes back with its arguments, as an"
                    + " acknowledgement where one is asked for; one named broadcast goes to all."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped",
            "1:could not start",
            "2:the command line was not understood",
            "130:stopped by Ctrl-C"
        })
final class EchoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "3007",
            description = "The port to listen on (default: ${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}, this computer only);"
                    + " 0.0.0.0 opens the server to the network.")
    private String host = "127.0.0.1";

    @Option(
            names = "--cert",
            paramLabel = "PEM",
            description = "Serves wss:// and https:// with this certificate, which may be followed by its chain;"
                    + " needs --key.")
    private @Nullable Path certificate; // null unless given

    @Option(names = "--key", paramLabel = "PEM", description = "The private key of the certificate.")
    private @Nullable Path key; // null unless given

    @Option(
            names = "--unix-socket",
            paramLabel = "PATH",
            description = "Listens on a Unix domain socket in place of a port.")
    private @Nullable Path unixSocket; // null unless given

    @Option(
            names = "--max-message",
            paramLabel = "BYTES",
            defaultValue = "64M",
            converter = ByteSize.class,
            description = "The longest message to take (default: ${DEFAULT-VALUE}); a longer one closes with 1009.")
    private int maxMessageBytes;

    @Option(
            names = "--ping",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Pings each client that often, and cuts those that do not answer (default: never).")
    private int pingSeconds;

    @Option(names = "--no-deflate", description = "Does not compress, even for clients that offer it.")
    private boolean noDeflate;

    @Option(names = "--verbose", description = "Logs each connection, on standard error.")
    private boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        Checks.port(spec, port);
        Checks.notNegative(spec, "--ping", pingSeconds);
        if (verbose) {
            Logging.beVerbose();
        }
        HttpServer server = EchoServer.of(address(), connection()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "parley-stop"));
        greet(spec.commandLine().getOut(), server);
        new CountDownLatch(1).await(); // until the process is told to end
        return ExitCode.OK;
    }

    private HttpServer.Builder address() {
        HttpServer.Builder address = HttpServer.builder().host(host).port(port);
        if (unixSocket != null) {
            address.unixSocket(unixSocket);
        }
        if (certificate != null && key != null) {
            address.tls(TlsOptions.of(certificate, key));
        } else if (certificate != null || key != null) {
            throw new ParameterException(spec.commandLine(), "--cert and --key (expected: both of them, or none)");
        }
        return address;
    }

    private ConnectionOptions connection() {
        return ConnectionOptions.builder()
                .maxMessageBytes(maxMessageBytes)
                .pingInterval(Duration.ofSeconds(pingSeconds))
                .deflate(noDeflate ? null : DeflateOptions.defaults())
                .build();
    }

    private void greet(PrintWriter out, HttpServer server) {
        if (unixSocket != null) {
            out.println("Echo at the Unix domain socket " + unixSocket);
        } else {
            greet(out, server.port());
        }
        out.println("Press Ctrl-C to stop");
        out.flush();
    }

    private void greet(PrintWriter out, int actualPort) {
        String secure = certificate == null ? "" : "s";
        for (String address : Addresses.reachable(host)) {
            String place = secure + Addresses.url(address, actualPort).substring("http".length());
            out.println("Echo at ws" + place + ", the page to try it at http" + place);
        }
        if (!Addresses.isLoopback(host)) {
            out.println("Everybody in the network can reach it");
        }
    }

    private void stop(HttpServer server) {
        server.close();
        PrintWriter out = spec.commandLine().getOut();
        out.println("The echo server is closed");
        out.flush();
    }
}
