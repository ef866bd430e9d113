package io.parley.websocket;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order in which they came or go (RFC 9110 section 5). Names are compared without regard to case.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class HttpHeaders {

    private static final HttpHeaders EMPTY = new HttpHeaders(new String[0]);

    private final String[] namesAndValues; // compact: a session keeps the headers of its first request for life

    private HttpHeaders(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** No fields. */
    public static HttpHeaders empty() {
        return EMPTY;
    }

    /** Fields by name and value in turn. */
    public static HttpHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "headers: " + namesAndValues.length + " strings (expected: name and value in turn)");
        }
        for (String nameOrValue : namesAndValues) {
            requireNonNull(nameOrValue, "name or value");
        }
        return namesAndValues.length == 0 ? EMPTY : new HttpHeaders(namesAndValues.clone());
    }

    /** The first field of that name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** Every field of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }

    /** Whether there is a field of that name. */
    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** Hands over each field, in order. */
    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            consumer.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** These fields and one more. */
    public HttpHeaders with(String name, String value) {
        String[] more = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        more[namesAndValues.length] = requireNonNull(name, "name");
        more[namesAndValues.length + 1] = requireNonNull(value, "value");
        return new HttpHeaders(more);
    }

    /** These fields, then the others. */
    public HttpHeaders with(HttpHeaders others) {
        if (others.namesAndValues.length == 0) {
            return this;
        }
        String[] more = Arrays.copyOf(namesAndValues, namesAndValues.length + others.namesAndValues.length);
        System.arraycopy(others.namesAndValues, 0, more, namesAndValues.length, others.namesAndValues.length);
        return new HttpHeaders(more);
    }

    /** These fields but for those of that name. */
    public HttpHeaders without(String name) {
        List<String> rest = new ArrayList<>(namesAndValues.length);
        forEach((other, value) -> {
            if (!other.equalsIgnoreCase(name)) {
                rest.add(other);
                rest.add(value);
            }
        });
        return of(rest.toArray(new String[0]));
    }

    /** Whether the other ones are the same fields, letter for letter and in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpHeaders headers && Arrays.equals(headers.namesAndValues, namesAndValues);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(namesAndValues);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
