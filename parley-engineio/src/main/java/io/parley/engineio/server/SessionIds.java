package io.parley.engineio.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes session ids in the official form: 12 random bytes and the low 3 bytes of a counter, 20 characters in URL-safe
 * base64. The randomness makes them a secret, the counter makes them unique.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
final class SessionIds {

    private static final int RANDOM_BYTES = 12;
    private static final int IDS_AT_ONCE = 64; // to ask the random source costs more than an id

    private final SecureRandom random = new SecureRandom();
    private final byte[] supply = new byte[IDS_AT_ONCE * RANDOM_BYTES];
    private int used = supply.length;
    private int counter;

    synchronized String next() {
        if (used == supply.length) {
            random.nextBytes(supply);
            used = 0;
        }
        ByteBuffer id = ByteBuffer.allocate(RANDOM_BYTES + 3);
        // The counter's highest byte lands on the last random one, which is put over it.
        id.putInt(RANDOM_BYTES - 1, counter++).put(0, supply, used, RANDOM_BYTES);
        used += RANDOM_BYTES;
        return Base64.getUrlEncoder().encodeToString(id.array());
    }
}
