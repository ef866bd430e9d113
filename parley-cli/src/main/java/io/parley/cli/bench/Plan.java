package io.parley.cli.bench;

import io.parley.load.Flow;
import io.parley.load.Messages;
import io.parley.load.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * What to load, and how.
 *
 * @param target the server
 * @param scenario what clients do
 * @param messages what they send, where they do
 * @param connections clients
 * @param senders those of them that send, of a broadcast
 * @param window messages under way, of each sender; connections under way where they are all that is made
 * @param rate messages a second, 0 for as many as the server takes
 * @param warmUp how long it runs before it is measured
 * @param measured how long it is measured
 */
public record Plan(
        Target target,
        Scenario scenario,
        Messages messages,
        int connections,
        int senders,
        int window,
        double rate,
        Duration warmUp,
        Duration measured) {

    /** The load of the scenario; none where clients are silent. */
    Optional<Flow> flow() {
        return switch (scenario) {
            case IDLE -> Optional.empty();
            case CONNECT -> Optional.of(Flow.connects(window));
            case ECHO, ACK -> Optional.of(rate > 0 ? Flow.echoAtRate(messages, rate) : Flow.echo(messages, window));
            case BROADCAST ->
                Optional.of(
                        rate > 0
                                ? Flow.broadcastAtRate(messages, senders, rate)
                                : Flow.broadcast(messages, senders, window));
        };
    }

    /** Whether clients connect before the scenario begins. */
    boolean connectsFirst() {
        return scenario != Scenario.CONNECT;
    }
}
