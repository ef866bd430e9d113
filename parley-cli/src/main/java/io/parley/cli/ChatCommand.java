package io.parley.cli;

import io.parley.chat.ChatServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a chat room until it is stopped. */
@Command(
        name = "chat",
        description = "Opens a chat room: a page for browsers, and a lobby for any Socket.IO client.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped",
            "1:could not start",
            "2:the command line was not understood",
            "130:stopped by Ctrl-C"
        })
final class ChatCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "3000",
            description = "The port to listen on (default: ${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}, this computer only);"
                    + " 0.0.0.0 opens the chat to the network.")
    private String host = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the history is kept (default: parley/chat in $XDG_DATA_HOME or ~/.local/share).")
    private @Nullable Path data; // null unless given

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Lets pages of another origin talk to the chat, for example https://app.example;"
                    + " may be repeated.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--no-guests",
            description = "Refuses plain Socket.IO clients without a name, who are guests of the lobby otherwise.")
    private boolean noGuests;

    @Option(names = "--verbose", description = "Logs more, on standard error.")
    private boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        Checks.port(spec, port);
        if (verbose) {
            Logging.beVerbose();
        }
        Path folder = folder();
        ChatServer server = server(folder).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "parley-stop"));
        greet(spec.commandLine().getOut(), server.port(), folder);
        new CountDownLatch(1).await(); // until the process is told to end
        return ExitCode.OK;
    }

    private Path folder() {
        return data != null
                ? data.toAbsolutePath().normalize()
                : DataFolders.inUserData("chat", System.getenv(), System.getProperty("user.home"));
    }

    private ChatServer server(Path folder) {
        ChatServer.Builder builder =
                ChatServer.builder(folder).host(host).port(port).guests(!noGuests);
        origins.forEach(builder::allowOrigin);
        return builder.build();
    }

    private void greet(PrintWriter out, int actualPort, Path folder) {
        for (String address : Addresses.reachable(host)) {
            out.println("The chat is open at " + Addresses.url(address, actualPort));
        }
        out.println("Its history is kept in " + folder);
        out.println(
                Addresses.isLoopback(host)
                        ? "Only this computer can reach it; to open it to the network, add --host 0.0.0.0"
                        : "Everybody in the network can reach it, and what is said is not encrypted on the way");
        out.println("Press Ctrl-C to stop");
        out.flush();
    }

    private void stop(ChatServer server) {
        server.close();
        PrintWriter out = spec.commandLine().getOut();
        out.println("The chat is closed");
        out.flush();
    }
}
