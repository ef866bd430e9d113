package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose a socket is, what is known of him, and until when that holds.
 *
 * <p><b>Threading.</b> Immutable, if the attributes are.
 *
 * @param name the user's name or id, 1 to {@link #MAX_NAME_CHARS} characters: the same for all of his sockets
 * @param attributes what the application wants to know of him, at most {@link #MAX_ATTRIBUTES}
 * @param expiresAt when the socket is closed unless its client has shown something newer; null for never
 */
public record Principal(
        String name,
        Map<String, Object> attributes,
        @Nullable Instant expiresAt) implements java.security.Principal {

    /** How long a name may be. */
    public static final int MAX_NAME_CHARS = 1_000;

    /** How many attributes there may be: tokens come from outside. */
    public static final int MAX_ATTRIBUTES = 100;

    /** Checks the bounds and takes a copy of the attributes. */
    public Principal {
        requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            throw new IllegalArgumentException(
                    "name: " + name.length() + " characters (expected: 1 to " + MAX_NAME_CHARS + ")");
        }
        attributes = Map.copyOf(attributes);
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "attributes: " + attributes.size() + " (expected: at most " + MAX_ATTRIBUTES + ")");
        }
    }

    /** Somebody of whom nothing is known but the name, for as long as he stays. */
    public static Principal of(String name) {
        return new Principal(name, Map.of(), null);
    }

    /** The same with an attribute more. */
    public Principal with(String attribute, Object value) {
        Map<String, Object> more = new HashMap<>(attributes);
        more.put(attribute, value);
        return new Principal(name, more, expiresAt);
    }

    /** The same until then. */
    public Principal until(Instant newExpiry) {
        return new Principal(name, attributes, requireNonNull(newExpiry, "newExpiry"));
    }

    /** Whether it holds no more at a time. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** The same as {@link #name}. */
    @Override
    public String getName() {
        return name;
    }

    /** The name and the expiry; the attributes may be secret. */
    @Override
    public String toString() {
        return "Principal[" + name + (expiresAt == null ? "]" : " until " + expiresAt + "]");
    }
}
