package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ScheduledFuture;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Netty event loop in our words: one object per loop, so it can be the key of a map.
 *
 * <p>It is also where frames are joined: whoever has something to flush asks for it once, and gets it after everything
 * that the loop has read and been given up to then.
 *
 * <p><b>Threading.</b> Safe for any thread, but for {@link #of}, {@link #flushLater}, {@link #afterReading} and {@link #pulse},
 * which belong to the loop.
 */
public final class NettyEventLoop implements EventLoop {

    private static final FastThreadLocal<@Nullable NettyEventLoop> OF_THREAD = new FastThreadLocal<>();

    /** So often {@link #afterReading} is called before it is not put off any longer: other cores may be waiting for it. */
    private static final int MAX_ASKINGS = 64;

    /** So many batches begin as large as batches usually become; if there are more, memory matters more than a copy. */
    private static final int MAX_ROOMY_BATCHES = 256;

    private static final int SMALL_BATCH_BYTES = 512;

    private final io.netty.channel.EventLoop loop;
    private final ArrayDeque<Runnable> flushes = new ArrayDeque<>(); // touched on the loop only
    private final List<Runnable> afterReading = new ArrayList<>(2); // touched on the loop only
    private int usualBatchBytes; // a mean in which the latest counts for an eighth; touched on the loop only
    private int askings; // since what is in it ran last; touched on the loop only
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>(); // touched on the loop only
    private boolean turnsScheduled; // touched on the loop only
    private final Set<Channel> closing = new LinkedHashSet<>(); // touched on the loop only
    private final Map<Duration, Pulse> pulses = new HashMap<>(4); // touched on the loop only

    private NettyEventLoop(io.netty.channel.EventLoop loop) {
        this.loop = loop;
    }

    /** The one wrapper of {@code loop}, to be asked for on that loop. */
    public static NettyEventLoop of(io.netty.channel.EventLoop loop) {
        assert loop.inEventLoop();
        NettyEventLoop known = OF_THREAD.get();
        if (known != null && known.loop.equals(loop)) {
            return known;
        }
        NettyEventLoop made = new NettyEventLoop(loop);
        OF_THREAD.set(made);
        return made;
    }

    @Override
    public boolean inEventLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timeout schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Netty looks for timers that are due once a round, when it has looked at all connections. */
    @Override
    public void nextTurn(Runnable task) {
        if (!inEventLoop()) {
            execute(() -> nextTurn(task));
            return;
        }
        turns.add(task);
        scheduleTurns();
    }

    private void scheduleTurns() {
        if (!turnsScheduled) {
            turnsScheduled = true;
            var unused = loop.schedule(this::takeTurns, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void takeTurns() {
        turnsScheduled = false;
        try {
            // Who asks for another turn meanwhile gets it in the next round.
            for (int left = turns.size(); left > 0; left--) {
                turns.remove().run();
            }
        } finally { // one that throws does not hold up the others
            if (!turns.isEmpty()) {
                scheduleTurns();
            }
        }
    }

    /**
     * Cuts a connection of which much waits to be sent, one in a round of the loop: to give all that back takes
     * milliseconds, and clients that are too slow for the same broadcast are too slow at the same time.
     */
    void closeInTurn(Channel channel) {
        assert inEventLoop();
        if (closing.add(channel) && closing.size() == 1) {
            nextTurn(this::closeOne);
        }
    }

    private void closeOne() {
        Channel first = closing.iterator().next();
        closing.remove(first);
        ChannelEnd.close(first);
        if (!closing.isEmpty()) {
            nextTurn(this::closeOne);
        }
    }

    /** Runs {@code flush} at the end of the batch: after all that the loop has read, and been given, by now. */
    public void flushLater(Runnable flush) {
        assert inEventLoop();
        if (flushes.isEmpty()) {
            loop.execute(this::flush);
        }
        flushes.add(flush);
    }

    /**
     * How large a batch of frames should be made that is to be {@linkplain #flushLater flushed later}: a little more than
     * is usual. A batch that grows is copied each time, but little room is made while there are many: the network takes them
     * one after the other, and Netty keeps the memory that all of them have had together.
     */
    int roomForBatch() {
        int room = usualBatchBytes + usualBatchBytes / 4;
        return flushes.size() < MAX_ROOMY_BATCHES ? room : Math.min(room, SMALL_BATCH_BYTES);
    }

    /** Tells how large a batch has become. */
    void noteBatch(int bytes) {
        usualBatchBytes += (bytes - usualBatchBytes) / 8;
    }

    @Override
    public void afterReading(Runnable task) {
        assert inEventLoop();
        if (afterReading.isEmpty()) {
            loop.execute(this::runAfterReading);
        }
        if (!afterReading.contains(task)) {
            afterReading.add(task);
        }
        if (++askings == MAX_ASKINGS) {
            runAfterReading();
        }
    }

    private void runAfterReading() {
        try {
            afterReading.forEach(Runnable::run);
        } finally {
            afterReading.clear();
            askings = 0;
        }
    }

    /** The pulse of that period. */
    Pulse pulse(Duration period) {
        assert inEventLoop();
        return pulses.computeIfAbsent(period, missing -> new Pulse(this, missing));
    }

    private void flush() {
        try {
            // What asks again while it is flushed belongs to the next batch.
            for (int left = flushes.size(); left > 0; left--) {
                flushes.remove().run();
            }
        } finally { // one that throws does not hold up the others
            if (!flushes.isEmpty()) {
                loop.execute(this::flush);
            }
        }
    }
}
