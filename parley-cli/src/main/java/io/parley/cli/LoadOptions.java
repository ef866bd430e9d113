package io.parley.cli;

import io.parley.cli.bench.Plan;
import io.parley.cli.bench.Scenario;
import io.parley.load.Limits;
import io.parley.load.Messages;
import io.parley.load.Messages.Answer;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a load is made of. */
final class LoadOptions {

    /** What carries Socket.IO. */
    enum Transport {
        /** A WebSocket from the beginning. */
        WEBSOCKET(Wire.SOCKETIO_WEBSOCKET),
        /** Requests and answers. */
        POLLING(Wire.SOCKETIO_POLLING),
        /** Requests and answers first, and then a WebSocket. */
        UPGRADE(Wire.SOCKETIO_UPGRADE);

        private final Wire wire;

        Transport(Wire wire) {
            this.wire = wire;
        }
    }

    @Option(
            names = {"-s", "--scenario"},
            paramLabel = "NAME",
            defaultValue = "echo",
            description =
                    "connect: connections are made and closed. idle: they are kept. echo: messages come back. ack:"
                            + " events are acknowledged. broadcast: messages go to all. (default: ${DEFAULT-VALUE})")
    private Scenario scenario = Scenario.ECHO;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many (default: ${DEFAULT-VALUE}; at most 100000).")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Messages a second of all senders together, whatever comes back; latency then counts from the time"
                            + " at which each should have been sent (default: as many as the server takes).")
    private double rate;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1",
            description = "Messages under way of each sender, without --rate (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "64",
            converter = ByteSize.class,
            description = "Bytes of a message, such as 64, 1K or 1M (default: ${DEFAULT-VALUE}; 8 to 16M).")
    private int payloadBytes;

    @Option(names = "--binary", description = "Sends binary messages, or events with an attachment.")
    private boolean binary;

    @Option(
            names = "--senders",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many send, of a broadcast (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(
            names = {"-t", "--duration"},
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long it is measured (default: ${DEFAULT-VALUE}; at most 24 hours).")
    private double durationSeconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How long it runs before that (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--ramp",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections being made at the same time (default: ${DEFAULT-VALUE}; at most 10000).")
    private int ramp;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long a connection may take, and how long nothing may come while answers are missing"
                    + " (default: ${DEFAULT-VALUE}).")
    private double patienceSeconds;

    @Option(names = "--socketio", description = "Speaks Socket.IO, for ws:// and wss:// too.")
    private boolean socketIo;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "websocket",
            description =
                    "What carries Socket.IO: websocket, polling, or upgrade from the one to the other as the official"
                            + " client does (default: ${DEFAULT-VALUE}).")
    private Transport transport = Transport.WEBSOCKET;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/socket.io/",
            description = "Where Socket.IO is (default: ${DEFAULT-VALUE}).")
    private String path = "/socket.io/";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of Socket.IO (default: the path of the URL).")
    private @Nullable String namespace; // null unless given

    @Option(names = "--auth", paramLabel = "JSON", description = "The object that clients show when they connect.")
    private String auth = "";

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "The event to send (default: echo, or broadcast in that scenario).")
    private @Nullable String event; // null unless given

    @Option(
            names = "--reply-event",
            paramLabel = "NAME",
            description = "The event that the server sends for it (default: the same).")
    private @Nullable String replyEvent; // null unless given

    @Option(
            names = "--any-answer",
            description = "Takes any acknowledgement, not only one with the arguments of the event.")
    private boolean anyAnswer;

    @Option(names = "--ignore-others", description = "Counts events of other names, and goes on.")
    private boolean ignoreOthers;

    @Option(names = "--deflate", description = "Compresses raw WebSocket messages.")
    private boolean deflate;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "FIELD",
            description = "Adds a header field: 'X-Key: value'. Can be given several times.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Trusts the certificates of this file, instead of what Java trusts.")
    private @Nullable Path authorities; // null unless given

    @Option(
            names = {"-k", "--insecure"},
            description = "Checks neither the server's certificate nor its name.")
    private boolean insecure;

    @Option(
            names = "--allow-remote",
            description = "Loads a server on another computer. Ask its owner first: it may not survive.")
    private boolean allowRemote;

    /**
     * The plan that was asked for.
     *
     * @throws IllegalArgumentException if it cannot be
     */
    Plan plan(String url) {
        Target target = target(url);
        if (!allowRemote && !Addresses.isLoopback(target.host())) {
            throw new IllegalArgumentException("URL '" + url + "' is not on this computer (expected: 127.0.0.1 or"
                    + " localhost); --allow-remote loads other computers, too");
        }
        if (scenario == Scenario.ACK && !target.wire().isSocketIo()) {
            throw new IllegalArgumentException("--scenario ack over raw WebSocket (expected: connect, idle, echo or"
                    + " broadcast); http:// or --socketio has acknowledgements");
        }
        between("--connections", connections, 1, Limits.MAX_CONNECTIONS);
        between("--senders", senders, 1, connections);
        between("--window", window, 1, Limits.MAX_UNDER_WAY);
        between("--rate", rate, 0, Limits.MAX_RATE);
        return new Plan(
                target,
                scenario,
                messages(target),
                connections,
                senders,
                scenario == Scenario.CONNECT ? ramp : window,
                rate,
                seconds("--warm-up", warmUpSeconds),
                seconds("--duration", durationSeconds));
    }

    private Target target(String url) {
        Target.Builder target = Target.builder(url)
                .connecting(ramp)
                .connectTimeout(seconds("--patience", patienceSeconds))
                .stallTimeout(seconds("--patience", patienceSeconds))
                .path(path)
                .auth(auth)
                .deflate(deflate)
                .ignoreOthers(ignoreOthers)
                .insecure(insecure);
        if (socketIo || url.startsWith("http")) {
            target.wire(transport.wire);
        }
        if (namespace != null) {
            target.namespace(namespace);
        }
        if (authorities != null) {
            target.trust(authorities);
        }
        for (String field : headers) {
            int colon = field.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("--header: '" + field + "' (expected: 'Name: value')");
            }
            target.header(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        return target.build();
    }

    private Messages messages(Target target) {
        if (!target.wire().isSocketIo()) {
            return binary ? Messages.binary(payloadBytes) : Messages.text(payloadBytes);
        }
        String name = event != null ? event : scenario == Scenario.BROADCAST ? "broadcast" : "echo";
        Messages messages = binary ? Messages.binaryEvent(name, payloadBytes) : Messages.event(name, payloadBytes);
        if (replyEvent != null) {
            messages = messages.repliedAs(replyEvent);
        }
        return scenario == Scenario.ACK ? messages.acknowledged(anyAnswer ? Answer.ANY : Answer.SAME) : messages;
    }

    private static void between(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: %.0f (expected: %.0f to %.0f)", option, value, least, most));
        }
    }

    private static Duration seconds(String option, double seconds) {
        between(option, seconds, 0, (double) Limits.MAX_DURATION.toSeconds());
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
