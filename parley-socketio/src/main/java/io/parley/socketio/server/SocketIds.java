package io.parley.socketio.server;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes socket ids: 20 characters, as parts of the official cluster adapters rely on. */
final class SocketIds {

    private static final int BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SocketIds() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
