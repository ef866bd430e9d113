package io.parley.load;

import org.jspecify.annotations.Nullable;

/**
 * The messages of which answers or deliveries are missing, by number: when each was sent, and by whom. Numbers go up; those
 * whose place is taken by one that is still missing are left out.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class UnderWay {

    private final int room;
    private final boolean numbered;
    private final int ringMask;
    private final int[] numbers;
    private final long[] times;
    private final @Nullable Client[] senders;
    private final int[] left; // deliveries that are missing
    private int next;
    private int begun; // messages, ever
    private int complete; // messages, ever
    private long missing; // deliveries

    /**
     * With room for that many messages.
     *
     * @param room up to {@link Limits#MAX_UNDER_WAY}
     * @param numbered false if they are only counted
     */
    UnderWay(int room, boolean numbered) {
        this.room = room;
        this.numbered = numbered;
        // Twice the room, so that a free place is near.
        int places = numbered ? Math.min(Limits.MAX_UNDER_WAY, Integer.highestOneBit(room) << 2) : 1;
        ringMask = places - 1;
        numbers = new int[places];
        times = new long[places];
        senders = new Client[places];
        left = new int[places];
    }

    /**
     * Begins a message.
     *
     * @param copies how often it must arrive
     * @return its number
     * @throws LoadException if there is no room
     */
    int begin(Client sender, int copies, long time) {
        missing += copies;
        if (!numbered) {
            begun++;
            return next++;
        }
        if (begun - complete == room) {
            throw new LoadException("The server does not keep up: " + room
                    + " messages are under way (expected: it takes the rate that was asked for)");
        }
        while (left[next & ringMask] != 0) {
            next++;
        }
        int slot = next & ringMask;
        numbers[slot] = next;
        left[slot] = copies;
        times[slot] = time;
        senders[slot] = sender;
        begun++;
        return next++;
    }

    /** Whether a message with that number is missing. */
    boolean isMissing(int number) {
        int slot = number & ringMask;
        return left[slot] > 0 && numbers[slot] == number;
    }

    /** The number of the missing message whose number ends with these bits; any other number if there is none. */
    int numberEndingWith(int bits) {
        int number = numbers[bits & ringMask];
        return ((number - bits) & (Limits.MAX_UNDER_WAY - 1)) == 0 ? number : ~number;
    }

    /** When it was sent, or should have been. */
    long time(int number) {
        return times[number & ringMask];
    }

    @Nullable
    Client sender(int number) {
        return senders[number & ringMask];
    }

    /** Takes one arrival; whether it was the last of its message. */
    boolean arrived(int number) {
        missing--;
        boolean last = --left[number & ringMask] == 0;
        if (last) {
            complete++;
        }
        return last;
    }

    /** Takes an arrival without a number. */
    void arrivedUnnumbered() {
        missing--;
    }

    /** Messages that were begun. */
    int begun() {
        return begun;
    }

    /** Arrivals that are missing. */
    long missing() {
        return missing;
    }
}
