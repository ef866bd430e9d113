package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.cli.connect.Interactive;
import io.parley.cli.connect.Plan;
import io.parley.cli.connect.Scripted;
import io.parley.cli.connect.Streams;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketBuilder;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Talks with any WebSocket server. */
@Command(
        name = "connect",
        description = {
            "Talks with a WebSocket server.",
            "On a terminal: a message a line, /help for what else can be typed. Otherwise each line of standard input"
                    + " is sent, and each message that comes is a line of standard output."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "%nExamples:",
            "  parley connect ws://127.0.0.1:3007/",
            "  echo hello | parley connect --once ws://127.0.0.1:3007/",
            "  parley connect --json --wait forever wss://stream.example/ < /dev/null"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:closed with 1000, without a code, or because you closed",
            "1:the input could not be read or is not in the form of --binary-as",
            "2:the command line was not understood",
            "3:not connected: name, network, proxy or TLS",
            "4:the server refused the handshake",
            "5:closed before --max-messages had come",
            "11 to 25:closed with 1001 to 1015 (16: lost without a close)",
            "30, 40:closed with 3000 to 3999, with 4000 to 4999",
            "130:stopped by Ctrl-C",
            "141:nobody reads standard output any more"
        })
final class ConnectCommand implements Callable<Integer> {

    private static final String HISTORY = "connect-history";

    private final InputStream in;
    private final OutputStream out;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Where to connect: ws://, wss://, or without a scheme for ws://.")
    private String url = "";

    @Mixin
    private HandshakeOptions handshake = new HandshakeOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private TlsSettings tls = new TlsSettings();

    @Mixin
    private MessageOptions messages = new MessageOptions();

    @Option(names = "--verbose", description = "Logs more, on standard error.")
    private boolean verbose;

    ConnectCommand() {
        this(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    /** With other streams than those of the process: messages are UTF-8, whatever the locale says. */
    ConnectCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (verbose) {
            Logging.beVerbose();
        }
        Plan plan = messages.plan(spec);
        WebSocketBuilder socket;
        try {
            socket = WebSocket.builder(url.contains("://") ? url : "ws://" + url);
            handshake.applyTo(socket);
            network.applyTo(spec, socket);
            tls.applyTo(socket);
        } catch (IllegalArgumentException mistake) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + mistake.getMessage());
            return ExitCode.USAGE;
        }
        return messages.allowTyping() && Consoles.isInteractive() ? interactive(socket, plan) : scripted(socket, plan);
    }

    private int scripted(WebSocketBuilder socket, Plan plan) {
        Streams streams = new Streams(in, out, spec.commandLine().getErr());
        return Scripted.run(socket, plan, streams, spec.qualifiedName());
    }

    private static int interactive(WebSocketBuilder socket, Plan plan) throws IOException {
        return Interactive.run(
                socket,
                plan,
                TerminalBuilder.builder().encoding(UTF_8).build(),
                System.getenv(),
                DataFolders.inUserState(HISTORY, System.getenv(), System.getProperty("user.home")));
    }
}
