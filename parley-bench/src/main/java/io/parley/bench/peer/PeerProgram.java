package io.parley.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of every server under test that is written in Java; {@code server.cjs} is the same for Node. It says its
 * port on standard output, answers questions that come on standard input, and ends with it, so that no server outlives
 * the bench.
 */
public final class PeerProgram {

    /** Before the port. */
    public static final String PORT = "port ";

    /** The question for the bytes in use on the heap after a full collection, and what stands before the answer. */
    public static final String HEAP = "heap ";

    /** The question to put sockets into so many rooms, with so many in each: both numbers follow; answers memberships. */
    public static final String ROOMS = "rooms ";

    /** The question for the bytes of memory outside of the heap that buffers hold, and what stands before the answer. */
    public static final String DIRECT = "direct ";

    /** The question for the milliseconds that the JVM's compilers have worked, and what stands before the answer. */
    public static final String COMPILED = "compiled ";

    /** The demand to record what the process does; answers 0. */
    public static final String RECORD = "record ";

    /** The demand to end that, and to write it to the file whose path follows, with a space after it; answers its length. */
    public static final String RECORDED = "recorded ";

    private static final int COLLECTIONS = 3; // what a first one only marks, such as cleaners, later ones free

    private PeerProgram() {}

    /**
     * Runs it. The process ends when a question cannot be answered, too: whoever asked would wait for ever.
     *
     * @param args the key of a {@link PeerKind}, and the arguments of a {@link PeerSetup}
     * @throws Exception when the server does not start
     */
    public static void main(String... args) throws Exception {
        List<String> arguments = List.of(args);
        PeerSetup setup = PeerSetup.parse(arguments.subList(1, arguments.size()));
        Peer peer = PeerKind.of(args[0]).make(setup.protocol());
        System.out.println(PORT + peer.start(setup));
        try {
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            FlightRecording recording = new FlightRecording();
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(question + answer(peer, recording, question));
            }
        } catch (RuntimeException | IOException failed) {
            System.err.println(failed);
        }
        Runtime.getRuntime().halt(0);
    }

    private static long answer(Peer peer, FlightRecording recording, String question) throws IOException {
        if (question.startsWith(RECORDED)) {
            return recording.end(Path.of(question.substring(RECORDED.length(), question.length() - 1)));
        }
        return switch (question) {
            case RECORD -> recording.begin();
            case HEAP -> liveHeapBytes();
            case DIRECT -> directBytes();
            case COMPILED -> ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
            default -> peer.answer(question);
        };
    }

    private static long liveHeapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** What Netty takes past the JDK's count is in none of its pools, but in Netty's own. */
    private static long directBytes() {
        long ofTheJdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ofTheJdk + NettyMemory.usedBytes();
    }
}
