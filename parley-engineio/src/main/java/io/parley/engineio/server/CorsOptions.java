package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages of other origins may talk to the server, and what their browsers are told (Fetch standard, "CORS
 * protocol"; the options of the official {@code cors}). What holds for polling holds for WebSocket: a page of another
 * origin is refused.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class CorsOptions {

    private final Predicate<String> origins;
    private final @Nullable String fixedOrigin; // what every answer names; null: the request's origin, if allowed
    private final List<String> methods;
    private final @Nullable List<String> allowedHeaders; // null: what the request asks for
    private final List<String> exposedHeaders;
    private final boolean credentials;
    private final @Nullable Duration maxAge; // null: the browser's default
    private final boolean preflightContinue;
    private final int optionsSuccessStatus;

    private CorsOptions(Builder builder) {
        origins = builder.origins;
        fixedOrigin = builder.fixedOrigin;
        methods = builder.methods;
        allowedHeaders = builder.allowedHeaders;
        exposedHeaders = builder.exposedHeaders;
        credentials = builder.credentials;
        maxAge = builder.maxAge;
        preflightContinue = builder.preflightContinue;
        optionsSuccessStatus = builder.optionsSuccessStatus;
    }

    /** Pages of every origin may talk to the server, without credentials. */
    public static CorsOptions anyOrigin() {
        return builder().build();
    }

    /** Pages of these origins may talk to the server, for example {@code "https://app.example"}. */
    public static CorsOptions origins(String... origins) {
        return builder().origins(origins).build();
    }

    /** A builder that allows every origin until it is told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a page of {@code origin} may talk to the server. */
    public boolean allows(String origin) {
        return origins.test(origin);
    }

    /** The origin that every answer names; empty when an answer names the request's own, if that is allowed. */
    Optional<String> fixedOrigin() {
        return Optional.ofNullable(fixedOrigin);
    }

    List<String> methods() {
        return methods;
    }

    /** Empty when the request's own list is sent back. */
    Optional<List<String>> allowedHeaders() {
        return Optional.ofNullable(allowedHeaders);
    }

    List<String> exposedHeaders() {
        return exposedHeaders;
    }

    boolean credentials() {
        return credentials;
    }

    Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    boolean preflightContinue() {
        return preflightContinue;
    }

    int optionsSuccessStatus() {
        return optionsSuccessStatus;
    }

    /** Collects options. A wrong value fails in its setter, options that exclude each other in {@link #build}. */
    public static final class Builder {

        private static final String ANY = "*";

        private Predicate<String> origins = origin -> true;
        private @Nullable String fixedOrigin = ANY;
        private List<String> methods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
        private @Nullable List<String> allowedHeaders;
        private List<String> exposedHeaders = List.of();
        private boolean credentials;
        private @Nullable Duration maxAge;
        private boolean preflightContinue;
        private int optionsSuccessStatus = 204;

        private Builder() {}

        /** Allows every origin, which is the default. Answers say {@code *}. */
        public Builder anyOrigin() {
            return allow(ANY, origin -> true);
        }

        /**
         * Allows one origin. Every answer names it.
         *
         * @param origin scheme, host and port without a path, for example {@code "https://app.example"}
         */
        public Builder origin(String origin) {
            requireNonNull(origin, "origin");
            return origin.equals(ANY) ? anyOrigin() : allow(checked(origin), origin::equals);
        }

        /** Allows these origins. An answer names the request's own. */
        public Builder origins(String... allowed) {
            Arrays.stream(allowed).forEach(Builder::checked);
            return originsMatching(Set.of(allowed)::contains);
        }

        /** Allows the origins in which the pattern is found. An answer names the request's own. */
        public Builder originPattern(Pattern pattern) {
            requireNonNull(pattern, "pattern");
            return originsMatching(origin -> pattern.matcher(origin).find());
        }

        /**
         * Allows the origins for which {@code predicate} is true. An answer names the request's own.
         *
         * @param predicate called on event loops, so it must not block
         */
        public Builder originsMatching(Predicate<String> predicate) {
            return allow(null, requireNonNull(predicate, "predicate"));
        }

        private Builder allow(@Nullable String fixed, Predicate<String> predicate) {
            fixedOrigin = fixed;
            origins = predicate;
            return this;
        }

        /** Sets what {@code Access-Control-Allow-Methods} says; {@code GET,HEAD,PUT,PATCH,POST,DELETE} unless set. */
        public Builder methods(String... names) {
            methods = List.of(names);
            return this;
        }

        /** Sets what {@code Access-Control-Allow-Headers} says; what the request asks for unless set. */
        public Builder allowedHeaders(String... names) {
            allowedHeaders = List.of(names);
            return this;
        }

        /** Sets what {@code Access-Control-Expose-Headers} says; not sent unless set. */
        public Builder exposedHeaders(String... names) {
            exposedHeaders = List.of(names);
            return this;
        }

        /** Sets whether the browser may send cookies and the like; false unless set. */
        public Builder credentials(boolean allow) {
            credentials = allow;
            return this;
        }

        /**
         * Sets how long the browser may remember a preflight's answer; up to the browser unless set.
         *
         * @param age zero or more, in whole seconds
         * @throws IllegalArgumentException if {@code age} is negative
         */
        public Builder maxAge(Duration age) {
            if (requireNonNull(age, "age").isNegative()) {
                throw new IllegalArgumentException("maxAge: " + age + " (expected: zero or more)");
            }
            maxAge = age;
            return this;
        }

        /** Sets whether a preflight is handled like any other request instead of being answered; false unless set. */
        public Builder preflightContinue(boolean goOn) {
            preflightContinue = goOn;
            return this;
        }

        /**
         * Sets the status that answers a preflight; 204 unless set. Some old devices want 200.
         *
         * @param status 200 to 299
         * @throws IllegalArgumentException if {@code status} is not a success
         */
        public Builder optionsSuccessStatus(int status) {
            if (status < 200 || status > 299) {
                throw new IllegalArgumentException("optionsSuccessStatus: " + status + " (expected: 200 to 299)");
            }
            optionsSuccessStatus = status;
            return this;
        }

        /**
         * The options so far.
         *
         * @throws IllegalArgumentException if credentials are allowed for every origin, which browsers refuse
         */
        public CorsOptions build() {
            if (credentials && ANY.equals(fixedOrigin)) {
                throw new IllegalArgumentException("credentials(true) with anyOrigin(): browsers refuse that pair"
                        + " (expected: origin, origins, originPattern or originsMatching)");
            }
            return new CorsOptions(this);
        }

        private static String checked(String origin) {
            int scheme = origin.indexOf("://");
            if (scheme < 1 || origin.indexOf('/', scheme + 3) >= 0) {
                throw new IllegalArgumentException("origin: \"" + origin
                        + "\" (expected: scheme, host and port only, such as \"https://app.example\")");
            }
            return origin;
        }
    }
}
