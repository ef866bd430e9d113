package io.parley.bench.scenario;

import io.parley.bench.scenario.Traffic.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All scenarios. */
public final class Scenarios {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;
    private static final int IDLE_CLIENTS = 10_000;

    private Scenarios() {}

    /** All of them, in the order of the report. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (boolean deflate : new boolean[] {false, true}) {
            String suffix = deflate ? "-deflate" : "";
            all.add(new Traffic("echo-64" + suffix, Kind.ECHO, true, 64, deflate, 100, 8));
            all.add(new Traffic("echo-1k" + suffix, Kind.ECHO, true, KIB, deflate, 100, 8));
            all.add(new Traffic("echo-1m" + suffix, Kind.ECHO, false, MIB, deflate, 4, 2));
            all.add(new Traffic("broadcast-64" + suffix, Kind.BROADCAST, true, 64, deflate, 1000, 4));
            all.add(new Traffic("broadcast-1k" + suffix, Kind.BROADCAST, true, KIB, deflate, 1000, 4));
            all.add(new Traffic("broadcast-1m" + suffix, Kind.BROADCAST, false, MIB, deflate, 8, 2));
            all.add(new Idle("idle" + suffix, deflate, IDLE_CLIENTS));
        }
        return List.copyOf(all);
    }

    /**
     * Those with the given names, or whose names begin with one and a dash, as {@code echo}; all where none is given.
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
        return scenario.name().equals(name) || scenario.name().startsWith(name + "-");
    }
}
