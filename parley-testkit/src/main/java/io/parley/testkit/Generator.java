package io.parley.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Random input for property tests, made from a seed so that a failure can be repeated: set the system property
 * {@code parley.seed} to the seed in its message. Used by one thread at a time.
 */
public final class Generator {

    private static final int[] EDGES = {0, 1, 2, 125, 126, 127, 128, 255, 256, 65_535, 65_536};

    private final SplittableRandom random;

    private Generator(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Runs a property with this many inputs.
     *
     * @param tries how many times, each with a seed of its own
     * @param property takes what it needs from the generator and throws when it does not hold
     * @throws AssertionError if it throws, with the seed to repeat it
     */
    public static void check(int tries, Consumer<Generator> property) {
        requireNonNull(property, "property");
        Long given = Long.getLong("parley.seed");
        long first = given != null ? given : System.nanoTime();
        for (long seed = first; seed < first + (given != null ? 1 : tries); seed++) {
            checkOne(seed, property);
        }
    }

    private static void checkOne(long seed, Consumer<Generator> property) {
        try {
            property.accept(new Generator(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("Failed with -Dparley.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    /** A number from {@code least} to {@code most}, both included. */
    public int integer(int least, int most) {
        return (int) random.nextLong(least, most + 1L);
    }

    /** A length up to {@code most}: often one where formats change their form, else any. */
    public int length(int most) {
        int edge = EDGES[integer(0, EDGES.length - 1)];
        return bool() && edge <= most ? edge : integer(0, most);
    }

    /** True or false, equally often. */
    public boolean bool() {
        return random.nextBoolean();
    }

    /** Any 64-bit number. */
    public long longInteger() {
        return random.nextLong();
    }

    /** Bytes of this number. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text of this many code points: ASCII, quotes and controls, letters of two and three bytes, pairs of surrogates. */
    public String text(int codePoints) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codePoints; i++) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    /** One of these. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(integer(0, choices.size() - 1));
    }

    private int codePoint() {
        return switch (integer(0, 6)) {
            case 0 -> integer(0, 0x1f);
            case 1 -> "\"\\/,[]{}:-0123456789\u2028\u2029\u001e".codePointAt(integer(0, 22));
            case 2 -> integer(0x80, 0x7ff);
            case 3 -> integer(0x800, 0xd7ff);
            case 4 -> integer(0x10000, 0x10ffff);
            default -> integer(' ', '~');
        };
    }
}
