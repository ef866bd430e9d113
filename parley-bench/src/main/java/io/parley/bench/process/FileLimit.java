package io.parley.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections there may be: each is an open file here, and one of the server's. */
public final class FileLimit {

    private static final int OTHER_FILES = 500; // of a JVM
    private static final int PORTS = 25_000; // for connections to one port; Linux gives out some 28,000
    private static final int UNKNOWN = 1_000;

    private FileLimit() {}

    /** Connections that the limit on files and the number of ports allow to one server. */
    public static int connections() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            return (int) Math.max(1, Math.min(PORTS, system.getMaxFileDescriptorCount() - OTHER_FILES));
        }
        return UNKNOWN;
    }
}
