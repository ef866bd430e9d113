package io.parley.websocket.http;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * Makes equal words of requests one string: what a client says of itself, others have said before, and a WebSocket keeps
 * it for life. Remembers the latest few hundred words of a loop.
 *
 * <p><b>Threading.</b> Safe for any thread; each has words of its own.
 */
public final class SharedWords {

    private static final int WORDS = 256; // a power of two
    private static final int MAX_LENGTH = 256; // longer ones are rarely said twice, and they would be kept

    private static final FastThreadLocal<String[]> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected String[] initialValue() {
            return new String[WORDS];
        }
    };

    private SharedWords() {}

    /** The string that was said before, or {@code word} itself. */
    public static String share(String word) {
        if (word.length() > MAX_LENGTH) {
            return word;
        }
        String[] words = OF_LOOP.get();
        int hash = word.hashCode();
        int place = (hash ^ hash >>> 16) & (WORDS - 1);
        if (word.equals(words[place])) {
            return words[place];
        }
        words[place] = word;
        return word;
    }
}
