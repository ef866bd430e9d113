package io.parley.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;

/**
 * The program of every server under test. It says its port on standard output, answers questions that come on standard
 * input, and ends with it, so that no server outlives the bench.
 */
public final class PeerProgram {

    /** Before the port. */
    public static final String PORT = "port ";

    /** The question for the live heap, and what stands before the answer in bytes. */
    public static final String HEAP = "heap ";

    /** The argument for compression. */
    public static final String DEFLATE = "deflate";

    private static final int COLLECTIONS = 3; // what a first one only marks, such as cleaners, later ones free

    private PeerProgram() {}

    /**
     * Runs it.
     *
     * @param args the key of a {@link PeerKind}, and {@link #DEFLATE} for compression
     * @throws Exception when the server does not start
     */
    public static void main(String... args) throws Exception {
        int port = PeerKind.of(args[0]).make().start(List.of(args).contains(DEFLATE));
        System.out.println(PORT + port);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (questions.readLine() != null) {
            System.out.println(HEAP + liveHeapBytes());
        }
        Runtime.getRuntime().halt(0);
    }

    private static long liveHeapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
