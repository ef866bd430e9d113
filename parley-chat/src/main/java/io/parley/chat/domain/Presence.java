package io.parley.chat.domain;

import io.parley.chat.domain.ChatException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, under which name and in which rooms. A person may have several sockets (tabs) and is here until the
 * last one is gone for longer than the grace period, so that a reconnect is nobody's news.
 *
 * <p><b>Threading.</b> Confined to whoever holds the caller's lock. Time is given with each call, in nanoseconds.
 */
public final class Presence {

    /** Somebody who is gone, and the rooms they were in. */
    public record Departure(User user, Set<Long> rooms) {}

    private final long graceNanos;
    private final int maxUsers;
    private final Map<String, Person> byName = new HashMap<>();
    private final Map<String, Person> byId = new HashMap<>();
    private final Map<String, Person> absent = new LinkedHashMap<>(); // by id, longest away first
    private final Map<Long, Set<Person>> members = new HashMap<>();

    /** Nobody. */
    public Presence(Duration grace, int maxUsers) {
        this.graceNanos = grace.toNanos();
        this.maxUsers = maxUsers;
    }

    /**
     * Holds a name for somebody who is about to connect, for the grace period.
     *
     * @throws ChatException {@link Code#NAME_TAKEN} if somebody else has that name or one that looks like it,
     *     {@link Code#LIMIT} if too many people are here
     */
    public void claim(User user, long now) {
        Person holder = byName.get(Name.key(user.name()));
        if (holder == null) {
            admit(user, now);
        } else if (!holder.user.id().equals(user.id())) {
            throw new ChatException(
                    Code.NAME_TAKEN, "\"" + holder.user.name() + "\" is here already: choose another name.");
        }
    }

    private void admit(User user, long now) {
        if (byId.size() >= maxUsers) {
            throw new ChatException(
                    Code.LIMIT, "The chat is full (" + maxUsers + " people): try again when somebody has left.");
        }
        Person person = new Person(user);
        byName.put(Name.key(user.name()), person);
        byId.put(user.id(), person);
        person.absentSince = now;
        absent.put(user.id(), person);
    }

    /**
     * Adds a socket of somebody who claimed their name. For a person who is here already {@code savedRooms} is not
     * looked at: {@link #rooms} is what counts.
     *
     * @return whether they were away before, so that their coming is news
     */
    public boolean connected(User user, String socketId, Collection<Long> savedRooms, long now) {
        claim(user, now);
        Person person = person(user.id());
        person.sockets.add(socketId);
        absent.remove(user.id());
        if (person.present) {
            return false;
        }
        person.present = true;
        savedRooms.forEach(room -> enter(user.id(), room));
        return true;
    }

    /**
     * Removes a socket. Whoever has none left is forgotten by {@link #expire} after the grace period.
     *
     * @return whether it was the last one
     */
    public boolean disconnected(String userId, String socketId, long now) {
        Person person = byId.get(userId);
        if (person == null || !person.sockets.remove(socketId) || !person.sockets.isEmpty()) {
            return false;
        }
        person.absentSince = now;
        absent.put(userId, person);
        return true;
    }

    /** Forgets everybody without a socket for the grace period, and tells who of them had been here. */
    public List<Departure> expire(long now) {
        List<Departure> departures = new ArrayList<>();
        for (Person person : List.copyOf(absent.values())) {
            if (now - person.absentSince < graceNanos) {
                break;
            }
            remove(person.user.id()).ifPresent(departures::add);
        }
        return departures;
    }

    /** Forgets somebody at once; present when they had been here. */
    public Optional<Departure> remove(String userId) {
        Person person = byId.remove(userId);
        if (person == null) {
            return Optional.empty();
        }
        absent.remove(userId);
        byName.remove(Name.key(person.user.name()));
        Set<Long> rooms = Set.copyOf(person.rooms);
        rooms.forEach(room -> drop(person, room));
        return person.present ? Optional.of(new Departure(person.user, rooms)) : Optional.empty();
    }

    /** Puts somebody into a room; false when they are in it already, or not here at all. */
    public boolean enter(String userId, long room) {
        Person person = byId.get(userId);
        if (person == null || !person.rooms.add(room)) {
            return false;
        }
        return members.computeIfAbsent(room, r -> new LinkedHashSet<>()).add(person);
    }

    /** Takes somebody out of a room; false when they were not in it. */
    public boolean leave(String userId, long room) {
        Person person = byId.get(userId);
        return person != null && drop(person, room);
    }

    private boolean drop(Person person, long room) {
        Set<Person> people = members.get(room);
        if (people == null || !people.remove(person)) {
            return false;
        }
        if (people.isEmpty()) {
            members.remove(room);
        }
        return person.rooms.remove(room);
    }

    /** The rooms somebody is in; empty when they are not here. */
    public Set<Long> rooms(String userId) {
        Person person = byId.get(userId);
        return person == null ? Set.of() : Set.copyOf(person.rooms);
    }

    /** Whether somebody is here and in that room. */
    public boolean isMember(String userId, long room) {
        Person person = byId.get(userId);
        return person != null && person.rooms.contains(room);
    }

    /** The people of a room, each once, in the order in which they came. */
    public List<User> online(long room) {
        return members.getOrDefault(room, Set.of()).stream().map(p -> p.user).toList();
    }

    /** How many people are in a room. */
    public int count(long room) {
        return members.getOrDefault(room, Set.of()).size();
    }

    private Person person(String userId) {
        @Nullable Person person = byId.get(userId);
        if (person == null) {
            throw new IllegalStateException("user " + userId + " (expected: one who claimed a name)");
        }
        return person;
    }

    private static final class Person {
        private final User user;
        private final Set<String> sockets = new HashSet<>(2);
        private final Set<Long> rooms = new HashSet<>(2);
        private boolean present; // false until the first socket: only claimed the name
        private long absentSince;

        private Person(User user) {
            this.user = user;
        }
    }
}
