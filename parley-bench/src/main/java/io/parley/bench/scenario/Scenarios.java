package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.scenario.Traffic.Kind;
import io.parley.load.Messages;
import io.parley.load.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All scenarios. */
public final class Scenarios {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;
    private static final int UPGRADES = 400; // a client may have to wait 100 ms in the midst of one
    private static final int IDLE_CLIENTS = 10_000;

    private Scenarios() {}

    /** All of them, in the order of the report. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        addRaw(all, false);
        addRaw(all, true);
        addFanOuts(all);
        addOtherEvents(all);
        all.add(new Connects("connect-direct", Wire.SOCKETIO_WEBSOCKET, 32));
        all.add(new Connects("connect-upgrade", Wire.SOCKETIO_UPGRADE, UPGRADES));
        all.add(new Idle("sio-idle", Gauge.SOCKET_IO, IDLE_CLIENTS));
        all.add(new StartUp("startup", false));
        all.add(new StartUp("startup-archive", true));
        return List.copyOf(all);
    }

    private static void addRaw(List<Scenario> all, boolean deflate) {
        String suffix = deflate ? "-deflate" : "";
        all.add(new Traffic("echo-64" + suffix, Kind.ECHO, true, 64, deflate, 100, 8));
        all.add(new Traffic("echo-1k" + suffix, Kind.ECHO, true, KIB, deflate, 100, 8));
        all.add(new Traffic("echo-1m" + suffix, Kind.ECHO, false, MIB, deflate, 4, 2));
        all.add(new Traffic("broadcast-64" + suffix, Kind.BROADCAST, true, 64, deflate, 1000, 4));
        all.add(new Traffic("broadcast-1k" + suffix, Kind.BROADCAST, true, KIB, deflate, 1000, 4));
        all.add(new Traffic("broadcast-1m" + suffix, Kind.BROADCAST, false, MIB, deflate, 8, 2));
        all.add(new Idle("idle" + suffix, PeerSetup.of(Protocol.RAW).withDeflate(deflate), IDLE_CLIENTS));
    }

    private static void addFanOuts(List<Scenario> all) {
        List<FanOut> saturated = new ArrayList<>();
        for (int clients : new int[] {100, 1_000, 5_000}) {
            saturated.add(FanOut.saturated("fanout-" + clients + "-64", clients, 64));
            saturated.add(FanOut.saturated("fanout-" + clients + "-1k", clients, KIB));
        }
        all.addAll(saturated);
        saturated.forEach(fanOut -> all.add(fanOut.atHalf()));
    }

    private static void addOtherEvents(List<Scenario> all) {
        Messages acknowledged = Messages.event("echo", 64).acknowledged(Messages.Answer.SAME);
        for (int clients : new int[] {1, 100, 1_000}) {
            all.add(new Exchange("ack-" + clients, Wire.SOCKETIO_WEBSOCKET, clients, 1, acknowledged));
        }
        Messages large = Messages.binaryEvent("echo-binary", MIB);
        all.add(new Exchange("sio-echo-1m", Wire.SOCKETIO_WEBSOCKET, 4, 2, large));
        all.add(new Exchange("polling-echo", Wire.SOCKETIO_POLLING, 100, 1, Messages.event("echo", 64)));
    }

    /**
     * Those with the given names, or whose names begin with one and a dash, as {@code echo}, or that speak a protocol of that
     * name, {@code raw} or {@code socket.io}; all where none is given.
     *
     * @throws IllegalArgumentException if a name is nobody's
     */
    public static List<Scenario> named(List<String> names) {
        for (String name : names) {
            if (all().stream().noneMatch(scenario -> isNamed(scenario, name))) {
                throw new IllegalArgumentException("Scenario " + name + " (expected: "
                        + all().stream().map(Scenario::name).collect(Collectors.joining(", ")) + ", codec, or path)");
            }
        }
        return all().stream()
                .filter(scenario -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(scenario, name)))
                .toList();
    }

    private static boolean isNamed(Scenario scenario, String name) {
        return scenario.name().equals(name)
                || scenario.name().startsWith(name + "-")
                || scenario.setup().protocol().key().equals(name);
    }
}
