package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.server.ContentCoding;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses polling answers. A small one is done with in a fraction of a millisecond, where it is; a large one would
 * hold up everybody else on its event loop and goes to threads of its own, at most one a processor.
 *
 * <p><b>Threading.</b> Immutable, so safe for any thread.
 */
final class PollingCompressor {

    /** What is compressed where it is, in bytes: some 0.3 ms. */
    static final int MAX_ON_LOOP_BYTES = 16 * 1024;

    private static final ThreadPoolExecutor LARGE = threads(Runtime.getRuntime().availableProcessors());

    private final @Nullable HttpCompression options; // null: nothing is compressed

    PollingCompressor(EngineOptions options) {
        this.options = options.httpCompression().orElse(null);
    }

    private static ThreadPoolExecutor threads(int count) {
        AtomicInteger made = new AtomicInteger();
        // What can wait here is bounded by the sessions: each has one answer under way.
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parley-compression-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** How the answer is to be sent: compressed if it is worth it, the client takes it and some packet allows it. */
    ContentCoding codingFor(HttpRequest request, List<EncodedPacket> packets, ByteBuffer body) {
        if (options == null || body.remaining() < options.threshold() || !someAllows(packets)) {
            return ContentCoding.IDENTITY;
        }
        return ContentCoding.preferred(request.headers());
    }

    private static boolean someAllows(List<EncodedPacket> packets) {
        return packets.stream().anyMatch(packet -> packet.compress() && !Packets.isBare(packet));
    }

    /**
     * Compresses a body.
     *
     * @param body on the heap
     * @param then gets what came out, here or on another thread
     */
    void compress(ContentCoding coding, ByteBuffer body, Consumer<ByteBuffer> then) {
        if (body.remaining() <= MAX_ON_LOOP_BYTES) {
            then.accept(compressed(coding, body));
        } else {
            LARGE.execute(() -> then.accept(compressed(coding, body)));
        }
    }

    private ByteBuffer compressed(ContentCoding coding, ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        int level = options == null ? HttpCompression.DEFAULT.level() : options.level();
        return ByteBuffer.wrap(coding.encode(bytes, level));
    }
}
