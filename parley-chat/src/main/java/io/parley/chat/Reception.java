package io.parley.chat;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.ChatException.Code;
import io.parley.chat.domain.Name;
import io.parley.chat.domain.User;
import io.parley.chat.session.Sessions;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Decides who somebody is and whether they may come in.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Reception {

    // Without letters and digits that are taken for each other.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 20;
    private static final int GUEST_LENGTH = 4;
    private static final int GUEST_ATTEMPTS = 20;

    private final SecureRandom random = new SecureRandom();
    private final Sessions sessions;
    private final Attendance attendance;
    private final Floods floods;

    Reception(Sessions sessions, Attendance attendance, Floods floods) {
        this.sessions = sessions;
        this.attendance = attendance;
        this.floods = floods;
    }

    /**
     * Lets somebody in by the session they were given, or else by a name that is free, and holds that name for them.
     *
     * @throws ChatException with what to tell whoever is not let in
     */
    Visitor admit(Optional<String> name, Optional<String> session, String address) {
        floods.arrival(address);
        Optional<User> known = session.flatMap(sessions::verify).filter(user -> isOf(user, name));
        User user = known.orElseGet(() -> newUser(name, session.isPresent()));
        attendance.claim(user);
        return new Visitor(user, address, known.isPresent());
    }

    private static boolean isOf(User user, Optional<String> name) {
        return name.isEmpty() || Name.key(user.name()).equals(Name.key(name.get()));
    }

    private User newUser(Optional<String> name, boolean hadSession) {
        if (name.isEmpty()) {
            throw hadSession
                    ? new ChatException(Code.SESSION_INVALID, "Your session has ended: choose a name.")
                    : new ChatException(Code.NAME_INVALID, "There is no name: choose one.");
        }
        return new User(randomText(ID_LENGTH), Name.ofPerson(name.get()), false);
    }

    /** The proof of being that person, for the next time. */
    String session(User user) {
        return sessions.issue(user);
    }

    /** Lets somebody in without a name. */
    Visitor admitGuest(String address) {
        floods.arrival(address);
        for (int attempt = 1; ; attempt++) {
            String name = Name.GUEST_PREFIX + randomText(GUEST_LENGTH);
            User guest = new User("guest:" + randomText(ID_LENGTH), name, true);
            try {
                attendance.claim(guest);
                return new Visitor(guest, address, false);
            } catch (ChatException e) {
                if (e.code() != Code.NAME_TAKEN || attempt == GUEST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private String randomText(int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, ALPHABET.length()).mapToObj(ALPHABET::charAt).forEach(text::append);
        return text.toString();
    }
}
