package io.parley.socketio.server;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes socket ids: 20 characters, as parts of the official cluster adapters rely on.
 *
 * <p><b>Threading.</b> Guarded by its class.
 */
final class SocketIds {

    private static final int BYTES = 15;
    private static final int IDS_AT_ONCE = 64; // to ask the random source costs more than an id

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SUPPLY = new byte[IDS_AT_ONCE * BYTES];
    private static int used = SUPPLY.length;

    private SocketIds() {}

    static synchronized String next() {
        if (used == SUPPLY.length) {
            RANDOM.nextBytes(SUPPLY);
            used = 0;
        }
        byte[] id = Arrays.copyOfRange(SUPPLY, used, used + BYTES);
        used += BYTES;
        return Base64.getUrlEncoder().encodeToString(id);
    }
}
