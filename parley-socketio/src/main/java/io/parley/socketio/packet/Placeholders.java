package io.parley.socketio.packet;

import java.util.Arrays;

/**
 * The placeholders in the text of one binary packet: objects with {@code "_placeholder":true}.
 *
 * <p><b>Threading.</b> Confined to one call until it was read, immutable from then on.
 */
final class Placeholders {

    /** There are none. */
    static final Placeholders NONE = new Placeholders(0);

    private static final String MARK = "\"_placeholder\"";
    private static final String NUMBER = "\"num\"";
    private static final int MAX_ESCAPED = 6; // characters for one: \ u and four digits
    private static final int WIDTH = 3; // start, end, number

    private final int max;
    private int[] found = new int[WIDTH];
    private int count;
    private int excess; // how many more there are than may be

    /** Takes at most {@code max}. */
    Placeholders(int max) {
        this.max = max;
    }

    int count() {
        return count;
    }

    /** Whether there are more than may be. */
    boolean overflows() {
        return excess > 0;
    }

    int start(int i) {
        return found[WIDTH * i];
    }

    int end(int i) {
        return found[WIDTH * i + 1];
    }

    /** The attachment's number; -1 when the placeholder has no number that could be one. */
    int number(int i) {
        return found[WIDTH * i + 2];
    }

    /** The number of the attachment that the whole value at {@code start} stands for; -1 when it is no placeholder. */
    int numberAt(int start) {
        int i = firstFrom(start);
        return i < count && start(i) == start ? number(i) : -1;
    }

    /** The index of the first placeholder that begins at {@code start} or later. */
    int firstFrom(int start) {
        int i = 0;
        while (i < count && start(i) < start) {
            i++;
        }
        return i;
    }

    /** An object that begins at {@code start} and may turn out to be a placeholder. */
    Candidate candidate(int start) {
        return new Candidate(start);
    }

    private void add(int start, int end, int number) {
        while (count > 0 && start(count - 1) > start) {
            count--; // inside of this one, so it vanishes with it
        }
        if (count == max) {
            excess++;
            return;
        }
        if (WIDTH * count == found.length) {
            found = Arrays.copyOf(found, 2 * found.length);
        }
        found[WIDTH * count] = start;
        found[WIDTH * count + 1] = end;
        found[WIDTH * count + 2] = number;
        count++;
    }

    /** One object while it is scanned. */
    final class Candidate {

        private final int start;
        private boolean marked;
        private int number = -1;

        private Candidate(int start) {
            this.start = start;
        }

        /** Looks at a property, given by where its name and its value stand; of several of one name the last counts. */
        void member(String text, int key, int keyEnd, int value, int valueEnd) {
            if (isName(MARK, text, key, keyEnd)) {
                marked = text.startsWith("true", value);
            } else if (isName(NUMBER, text, key, keyEnd)) {
                number = smallNumber(text, value, valueEnd);
            }
        }

        /** The object is complete. */
        void end(int end) {
            if (marked) {
                add(start, end, number);
            }
        }
    }

    private static boolean isName(String name, String text, int start, int end) {
        if (end - start == name.length()) {
            return text.startsWith(name, start);
        }
        return end - start > name.length() // a name may be written with escapes, which take more room
                && end - start <= MAX_ESCAPED * name.length()
                && JsonStrings.decode(text, start, end).equals(name.substring(1, name.length() - 1));
    }

    static int smallNumber(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > 100_000) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
