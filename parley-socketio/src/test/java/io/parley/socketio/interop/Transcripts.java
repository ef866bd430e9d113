package io.parley.socketio.interop;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.packet.PacketParser;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What an official client does and sees, scenario by scenario, at the official server and at ours. Most of the time of a
 * scenario is waiting; so each mode has both servers for itself, and all modes are played side by side, from the start.
 */
final class Transcripts implements AutoCloseable {

    private static final int SCENARIO_SECONDS = 70; // the scripts end each after 60

    private final NodePeer client;
    private final NodePeer official = NodePeer.start(Path.of("src/test/node/scenario-server.cjs"));
    private final List<ScenarioServer> ours = new ArrayList<>();
    private final List<?> scenarios;
    private final List<?> modes;
    private final Map<Play, CompletableFuture<?>> plays = new ConcurrentHashMap<>();

    private record Play(Object scenario, Object mode, boolean ours) {}

    private Transcripts(String clientScript) {
        client = NodePeer.start(Path.of("src/test/node", clientScript));
        scenarios = (List<?>) requireNonNull(client.call("scenarios"));
        modes = (List<?>) requireNonNull(client.call("modes"));
    }

    /**
     * Starts all there is and begins to play.
     *
     * @param parser what the scripts call it
     */
    static Transcripts play(String clientScript, String parser, PacketParser.Factory ofOurs) {
        Transcripts transcripts = new Transcripts(clientScript);
        for (Object mode : transcripts.modes) {
            int officialPort = (int) requireNonNull(transcripts.official.call("listen", parser));
            ScenarioServer server = ScenarioServer.startImpatient(ofOurs);
            transcripts.ours.add(server);
            transcripts.playAll(mode, parser, officialPort, false);
            transcripts.playAll(mode, parser, server.port(), true);
        }
        return transcripts;
    }

    /** One after the other, whether the one before was played well or not. */
    private void playAll(Object mode, String parser, int port, boolean isOurs) {
        CompletableFuture<?> turn = CompletableFuture.completedFuture(null);
        for (Object scenario : scenarios) {
            turn = turn.handle((lines, error) -> scenario)
                    .thenComposeAsync(next -> client.callLater("play", port, next, mode, parser));
            plays.put(new Play(scenario, mode, isOurs), turn);
        }
    }

    /** Scenario and mode of each, in the order in which they are played. */
    Stream<Arguments> all() {
        return scenarios.stream().flatMap(scenario -> modes.stream().map(mode -> Arguments.of(scenario, mode)));
    }

    @Nullable
    Object ofOfficial(String scenario, String mode) {
        return of(new Play(scenario, mode, false));
    }

    @Nullable
    Object ofOurs(String scenario, String mode) {
        return of(new Play(scenario, mode, true));
    }

    private @Nullable Object of(Play play) {
        try {
            return requireNonNull(plays.get(play), "play").get(SCENARIO_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(play + "\n" + client.output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        official.close();
        ours.forEach(ScenarioServer::close);
    }
}
