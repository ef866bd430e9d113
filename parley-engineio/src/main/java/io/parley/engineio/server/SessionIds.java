package io.parley.engineio.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes session ids in the official form: 12 random bytes and the low 3 bytes of a counter, 20 characters in URL-safe
 * base64. The randomness makes them a secret, the counter makes them unique.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class SessionIds {

    private static final int RANDOM_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger counter = new AtomicInteger();

    String next() {
        byte[] randomness = new byte[RANDOM_BYTES];
        random.nextBytes(randomness);
        ByteBuffer id = ByteBuffer.allocate(RANDOM_BYTES + 3);
        // The counter's highest byte lands on the last random one, which is put over it.
        id.putInt(RANDOM_BYTES - 1, counter.getAndIncrement()).put(0, randomness);
        return Base64.getUrlEncoder().encodeToString(id.array());
    }
}
