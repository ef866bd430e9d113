package io.parley.cli.connect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be typed instead of a message. */
enum SlashCommand {
    CLOSE("[CODE [REASON]]", "closes: with 1000, or 3000 to 4999, and a reason"),
    PING("[TEXT]", "sends a ping; the time it took is shown when it is answered"),
    BINARY("HEX", "sends a binary message, such as /binary 00 ff"),
    FILE("PATH", "sends a file as one binary message"),
    INFO("", "says what the connection is and what went over it"),
    HELP("", "says this"),
    QUIT("", "closes with 1000, as Ctrl-D does");

    private final String arguments;
    private final String meaning;

    SlashCommand(String arguments, String meaning) {
        this.arguments = arguments;
        this.meaning = meaning;
    }

    /** As it is typed, with its slash. */
    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<SlashCommand> of(String word) {
        return Stream.of(values())
                .filter(command -> command.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Stream.of(values()).map(SlashCommand::word).toList();
    }

    /** A line for each of them. */
    static List<String> help() {
        return Stream.concat(
                        Stream.of(values())
                                .map(command -> String.format(
                                        "%-24s %s", command.word() + " " + command.arguments, command.meaning)),
                        Stream.of(String.format("%-24s %s", "//…", "sends a text that begins with a slash")))
                .toList();
    }
}
