package io.parley.bench.scenario;

import io.parley.bench.report.Metric;
import io.parley.bench.scenario.Growth.Step;
import io.parley.load.Messages;
import io.parley.load.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is measured over a range. */
public final class Growths {

    static final int IN_EACH_ROOM = 5;

    private static final Messages ACKNOWLEDGED = Messages.event("echo", 64).acknowledged(Messages.Answer.SAME);
    private static final int CLIENTS = 1_000;
    private static final int MANY_CLIENTS = 10_000;
    private static final int FEW_CLIENTS = 100;

    // more loops need more cores, and those of the load, too: none may be at its limit
    private static final double DELIVERIES_A_SECOND = 30_000;
    private static final double EVENTS_A_SECOND = 15_000;

    private Growths() {}

    /**
     * All of them.
     *
     * @param maxClients connections that there may be
     */
    public static List<Growth> all(int maxClients) {
        return List.of(
                recipients(maxClients),
                acknowledged(maxClients),
                rooms(),
                members(maxClients),
                roomsOfASocket(),
                namespaces(),
                connections(maxClients),
                servers(maxClients),
                loops(
                        "loops-fanout",
                        "30,000 deliveries a second to 1,000 clients, by event loops",
                        Growths::fanOutOnLoops),
                loops(
                        "loops-ack",
                        "15,000 acknowledged events a second of 1,000 clients, by event loops",
                        Growths::ackOnLoops));
    }

    /**
     * Those with the given names; all where none is given.
     *
     * @throws IllegalArgumentException if a name is nobody's
     */
    public static List<Growth> named(List<String> names, int maxClients) {
        List<Growth> all = all(maxClients);
        for (String name : names) {
            if (all.stream().noneMatch(growth -> growth.name().equals(name))) {
                throw new IllegalArgumentException("Growth " + name + " (expected: "
                        + all.stream().map(Growth::name).collect(Collectors.joining(", ")) + ")");
            }
        }
        return all.stream()
                .filter(growth -> names.isEmpty() || names.contains(growth.name()))
                .toList();
    }

    private static Growth recipients(int maxClients) {
        return new Growth(
                "recipients",
                "One broadcast of 64 B, for each of its recipients",
                "recipients",
                Metric.CPU_MICROS,
                steps(
                        "recipients",
                        upTo(maxClients, 10, 30, 100, 300, 1_000, 3_000, 10_000),
                        (name, count) -> FanOut.steady(name, Gauge.SOCKET_IO, count)));
    }

    private static Growth acknowledged(int maxClients) {
        return new Growth(
                "clients",
                "An acknowledged event, by how many clients send them",
                "clients, each with one event on the way",
                Metric.CPU_MICROS,
                steps(
                        "clients",
                        upTo(maxClients, 1, 10, 100, 1_000, 10_000),
                        (name, count) -> new Exchange(name, Wire.SOCKETIO_WEBSOCKET, count, 1, ACKNOWLEDGED)));
    }

    private static Growth rooms() {
        return new Growth(
                "rooms",
                "An event to one room of 100 sockets, for each of its recipients",
                "rooms that there are beside it, of 1,000 sockets and 5 in each",
                Metric.CPU_MICROS,
                steps(
                        "rooms",
                        new int[] {1, 10, 100, 1_000, 10_000, 100_000},
                        (name, count) -> new Lobby(name, FEW_CLIENTS, CLIENTS - FEW_CLIENTS, count)));
    }

    private static Growth members(int maxClients) {
        return new Growth(
                "members",
                "An event to one room, for each of its recipients",
                "sockets in the room, of 10,000",
                Metric.CPU_MICROS,
                steps(
                        "members",
                        upTo(maxClients, 1, 10, 100, 1_000, 10_000),
                        (name, count) -> new Lobby(name, count, Math.min(maxClients, MANY_CLIENTS) - count, 0)));
    }

    private static Growth roomsOfASocket() {
        return new Growth(
                "rooms-of-a-socket",
                "An event to one room of 100 sockets, for each of its recipients",
                "rooms that each of them is in beside it",
                Metric.CPU_MICROS,
                steps(
                        "rooms-of-a-socket",
                        new int[] {1, 10, 100, 900},
                        (name, count) -> new Lobby(name, FEW_CLIENTS, 0, count * FEW_CLIENTS / IN_EACH_ROOM)));
    }

    private static Growth namespaces() {
        return new Growth(
                "namespaces",
                "An acknowledged event of 100 clients in the last namespace",
                "namespaces that there are",
                Metric.CPU_MICROS,
                steps(
                        "namespaces",
                        new int[] {1, 10, 100, 1_000},
                        (name, count) -> new Exchange(
                                name,
                                Gauge.SOCKET_IO.withNamespaces(count),
                                "/n" + (count - 1),
                                Wire.SOCKETIO_WEBSOCKET,
                                FEW_CLIENTS,
                                1,
                                ACKNOWLEDGED,
                                0)));
    }

    private static Growth connections(int maxClients) {
        return new Growth(
                "connections",
                "Resident memory of an idle connection",
                "connections",
                Metric.RESIDENT_BYTES,
                steps("connections", upTo(maxClients, 1_000, 2_000, 5_000, 10_000, maxClients), Growths::idle));
    }

    private static Growth servers(int maxClients) {
        return new Growth(
                "servers",
                "Resident memory of an idle connection, by servers on the machine",
                String.format(Locale.ROOT, "server processes with %,d connections each", maxClients),
                Metric.RESIDENT_BYTES,
                steps("servers", new int[] {1, 2, 4}, (name, count) -> new IdleServers(name, count, maxClients)));
    }

    private static Scenario idle(String name, int count) {
        return new Idle(name, Gauge.SOCKET_IO, count);
    }

    private static Growth loops(String name, String title, At at) {
        return new Growth(name, title, "event loops", Metric.CPU_MICROS, steps(name, new int[] {1, 2}, at));
    }

    private static Scenario fanOutOnLoops(String name, int loops) {
        return FanOut.atRate(name, Gauge.SOCKET_IO.withLoops(loops), CLIENTS, DELIVERIES_A_SECOND);
    }

    private static Scenario ackOnLoops(String name, int loops) {
        return new Exchange(
                name,
                Gauge.SOCKET_IO.withLoops(loops),
                "/",
                Wire.SOCKETIO_WEBSOCKET,
                CLIENTS,
                1,
                ACKNOWLEDGED,
                EVENTS_A_SECOND);
    }

    private static int[] upTo(int most, int... values) {
        return IntStream.of(values).filter(value -> value <= most).distinct().toArray();
    }

    private static List<Step> steps(String name, int[] values, At at) {
        IntFunction<Step> step = value -> new Step(value, at.make(name + "-" + value, value));
        return Arrays.stream(values).mapToObj(step).toList();
    }

    /** Makes the scenario of a step. */
    private interface At {
        Scenario make(String name, int value);
    }
}
