package io.parley.bench.report;

/** Where it was measured. */
public final class Environment {

    private Environment() {}

    /** One line: JDK, system and cores. */
    public static String describe() {
        return "JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("os.arch") + ".\n";
    }
}
