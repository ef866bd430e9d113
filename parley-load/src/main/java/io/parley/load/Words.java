package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/**
 * Payloads of words, as they are in chats: they compress to about a third, and not to nothing. Letters and spaces stand in
 * JSON as they are.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Words {

    private static final int COUNT = 500;

    private final Random random;
    private final String[] words = new String[COUNT];

    /** Other words for each seed, the same for the same. */
    Words(long seed) {
        random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 2 + random.nextInt(9); length > 0; length--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
    }

    byte[] payload(int bytes) {
        StringBuilder content = new StringBuilder(bytes + 16);
        while (content.length() < bytes) {
            content.append(words[random.nextInt(words.length)]).append(' ');
        }
        content.setLength(bytes);
        return content.toString().getBytes(US_ASCII);
    }

    /** A mask of a WebSocket frame that is not zero, which some servers would not apply. */
    int mask() {
        return random.nextInt() | 0x01010101;
    }
}
