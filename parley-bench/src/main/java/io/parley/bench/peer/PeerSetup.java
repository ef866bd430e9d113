package io.parley.bench.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server under test is to be, beside its kind. Where nothing is said, everything is at the server's default.
 *
 * @param protocol what it speaks
 * @param deflate whether raw messages are compressed for clients that offer it
 * @param loops event loops, where the server lets one choose; 0 for its default
 * @param namespaces how many there are beside {@code /}: {@code /n0}, {@code /n1} and so on, which do what it does
 */
public record PeerSetup(Protocol protocol, boolean deflate, int loops, int namespaces) {

    private static final String DEFLATE = "deflate";
    private static final String LOOPS = "loops=";
    private static final String NAMESPACES = "namespaces=";

    /** Everything at its default. */
    public static PeerSetup of(Protocol protocol) {
        return new PeerSetup(protocol, false, 0, 0);
    }

    /** The same with compression, or without. */
    public PeerSetup withDeflate(boolean compressed) {
        return new PeerSetup(protocol, compressed, loops, namespaces);
    }

    /** The same with that many event loops. */
    public PeerSetup withLoops(int count) {
        return new PeerSetup(protocol, deflate, count, namespaces);
    }

    /** The same with that many namespaces. */
    public PeerSetup withNamespaces(int count) {
        return new PeerSetup(protocol, deflate, loops, count);
    }

    /** For the command line of a server's program. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(protocol.key()));
        if (deflate) {
            arguments.add(DEFLATE);
        }
        if (loops > 0) {
            arguments.add(LOOPS + loops);
        }
        if (namespaces > 0) {
            arguments.add(NAMESPACES + namespaces);
        }
        return arguments;
    }

    /** Of what {@link #arguments} gave. */
    static PeerSetup parse(List<String> arguments) {
        return new PeerSetup(
                Protocol.of(arguments.get(0)),
                arguments.contains(DEFLATE),
                number(arguments, LOOPS),
                number(arguments, NAMESPACES));
    }

    private static int number(List<String> arguments, String prefix) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(prefix))
                .mapToInt(argument -> Integer.parseInt(argument.substring(prefix.length())))
                .findFirst()
                .orElse(0);
    }
}
