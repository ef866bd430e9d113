package io.parley.websocket.connection;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Keys that nobody can foretell (RFC 6455 section 5.3). Asking the random source costs more than a frame, so each loop
 * asks for many at once.
 *
 * <p><b>Threading.</b> Confined to its thread.
 */
final class MaskingKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final FastThreadLocal<MaskingKeys> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected MaskingKeys initialValue() {
            return new MaskingKeys();
        }
    };

    private final byte[] bytes = new byte[1024];
    private final ByteBuffer supply = ByteBuffer.wrap(bytes).limit(0);

    private MaskingKeys() {}

    /** The next key. */
    static int next() {
        return OF_THREAD.get().take();
    }

    private int take() {
        if (!supply.hasRemaining()) {
            RANDOM.nextBytes(bytes);
            supply.clear();
        }
        return supply.getInt();
    }
}
