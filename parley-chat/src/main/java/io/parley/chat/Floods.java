package io.parley.chat;

import io.parley.chat.domain.Limiter;
import io.parley.chat.domain.User;

/**
 * How much anybody may ask for. Each person has a bucket for messages and one for everything else; an address, behind
 * which there may be a whole office, has larger ones.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Floods {

    private static final int KEYS = 20_000;

    private static final int REQUESTS_PER_SECOND = 50;
    private static final int REQUESTS_AT_ONCE = 200;
    private static final int ROOMS_PER_SECOND = 1;
    private static final int ROOMS_AT_ONCE = 10;
    private static final int PEOPLE_PER_ADDRESS = 20;

    private final Limiter messages;
    private final Limiter messagesOfAddress;
    private final Limiter requests;
    private final Limiter rooms;
    private final Limiter arrivals;

    Floods(int messagesPerSecond, int messagesAtOnce) {
        messages = limiter(messagesPerSecond, messagesAtOnce);
        messagesOfAddress = limiter(messagesPerSecond * PEOPLE_PER_ADDRESS, messagesAtOnce * PEOPLE_PER_ADDRESS);
        requests = limiter(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE);
        rooms = limiter(ROOMS_PER_SECOND, ROOMS_AT_ONCE);
        arrivals = limiter(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE * PEOPLE_PER_ADDRESS);
    }

    private static Limiter limiter(int rate, int burst) {
        return new Limiter(rate, burst, KEYS, System::nanoTime);
    }

    /** Somebody comes from that address. */
    void arrival(String address) {
        arrivals.take(address);
    }

    /** Somebody says something. */
    void message(User user, String address) {
        messages.take(user.id());
        messagesOfAddress.take(address);
    }

    /** Somebody makes a room. */
    void room(User user) {
        rooms.take(user.id());
    }

    /** Somebody asks for anything else. */
    void request(User user) {
        requests.take(user.id());
    }
}
