package io.parley.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The terminal that the process was started on. */
final class Consoles {

    private Consoles() {}

    /** Whether a person types and reads: standard input and output are both a terminal. */
    static boolean isInteractive() {
        return terminal() != null;
    }

    /** What is typed after the prompt, unseen; null when nobody can be asked. */
    static char @Nullable [] readPassword(String prompt) {
        Console terminal = terminal();
        return terminal == null ? null : terminal.readPassword("%s", prompt);
    }

    @SuppressWarnings("SystemConsoleNull") // it is null before Java 22, and what is not null is asked for more
    private static @Nullable Console terminal() {
        Console console = System.console();
        return console != null && isTerminal(console) ? console : null;
    }

    /** From Java 22 on there may be a console that is no terminal; before, there was not. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException impossible) { // it is public and does not throw
            throw new LinkageError("Console.isTerminal", impossible);
        }
    }
}
