package io.parley.testkit;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The objects that are still alive in this JVM, counted after a full collection: what a test of leaks looks at. Safe for
 * any thread.
 */
public final class LiveObjects {

    // Rank, instances, bytes, class and, perhaps, its module.
    private static final Pattern ROW = Pattern.compile("(?m)^\\s*\\d+:\\s+(?<count>\\d+)\\s+\\d+\\s+(?<name>\\S+)");

    private LiveObjects() {}

    /**
     * Counts the living objects of some classes.
     *
     * @param classes their names, as {@link Class#getName} gives them
     * @return the numbers by class; a class that has none is not in it
     * @throws IllegalArgumentException if there is no such class: a count of it would always be right
     */
    public static Map<String, Long> count(String... classes) {
        Set<String> wanted = Set.of(classes);
        wanted.forEach(LiveObjects::requireClass);
        Map<String, Long> counts = new TreeMap<>();
        Matcher rows = ROW.matcher(histogram());
        while (rows.find()) {
            if (wanted.contains(rows.group("name"))) {
                counts.put(rows.group("name"), Long.parseLong(rows.group("count")));
            }
        }
        return counts;
    }

    /** The bytes of the heap that are in use after a full collection. */
    public static long heapBytes() {
        histogram(); // collects
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void requireClass(String name) {
        try {
            Class.forName(name, false, LiveObjects.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("class " + name + " (expected: a class there is)", e);
        }
    }

    private static String histogram() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object[] arguments = {new String[0]};
            String[] signature = {String[].class.getName()};
            return (String) server.invoke(commands, "gcClassHistogram", arguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException("No class histogram (expected: a JVM with diagnostic commands)", e);
        }
    }
}
