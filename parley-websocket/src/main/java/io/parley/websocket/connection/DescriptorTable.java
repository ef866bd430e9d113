package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Linux's table of the process's open files ahead of its connections. The kernel doubles the table when it is full,
 * and who needed the room waits until every core has been through with what it did: 15 ms are usual, in the middle of
 * an accept, and so for all connections of that event loop. Here a thread of its own makes the table grow before it is
 * full, by opening as many descriptors for a moment.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class DescriptorTable {

    private static final Logger log = LoggerFactory.getLogger(DescriptorTable.class);

    private static final int FIRST_SIZE = 256;
    private static final int MAX_AHEAD =
            4_096; // what is opened for a moment, and how many connections may come meanwhile
    private static final DescriptorTable OF_PROCESS = new DescriptorTable(FIRST_SIZE);

    private final AtomicInteger size; // which it has, or is about to have

    /** One that has been seen with that many entries, a power of two. */
    DescriptorTable(int size) {
        this.size = new AtomicInteger(size);
    }

    /** Tells that a connection has come: a glance, unless the table is nearly full. */
    public static void added(Channel channel) {
        if (channel instanceof UnixChannel unix) {
            OF_PROCESS.added(unix.fd().intValue());
        }
    }

    /** As above; returns whether the table is made to grow because of it. */
    boolean added(int descriptor) {
        int seen = size.get();
        if (descriptor < seen - ahead(seen)) {
            return false;
        }
        int full = Integer.highestOneBit(descriptor + ahead(seen));
        if (!size.compareAndSet(seen, 2 * full)) {
            return false; // another loop was faster
        }
        Thread thread = new Thread(() -> growBeyond(full), "parley-descriptors");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    private static int ahead(int size) {
        return Math.min(size / 4, MAX_AHEAD);
    }

    /**
     * Makes room for the descriptor of that number, when so many may be open and enough of them remain. The kernel gives
     * the lowest that is free, so those in between are few.
     */
    private static void growBeyond(int descriptor) {
        Deque<FileDescriptor> opened = new ArrayDeque<>();
        try {
            if (descriptor + ahead(descriptor) > maxOpen()) {
                return;
            }
            int last;
            do {
                opened.add(Native.newEventFd());
                last = opened.getLast().intValue();
            } while (last < descriptor && opened.size() < 2 * MAX_AHEAD);
        } catch (ChannelException | IOException given) {
            log.debug("The table of open files is left to grow when it is full: {}", given.getMessage());
        } finally {
            opened.forEach(DescriptorTable::close);
        }
    }

    private static void close(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException nothingLost) {
            log.debug("A descriptor did not close: {}", nothingLost.getMessage());
        }
    }

    /** The process's limit; see proc_pid_limits(5). */
    private static long maxOpen() throws IOException {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            String soft = limits.filter(line -> line.startsWith("Max open files"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no limit of open files is told"))
                    .split("\\s+", 5)[3];
            return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        } catch (NumberFormatException odd) {
            throw new IOException("the limit of open files is not a number", odd);
        }
    }
}
