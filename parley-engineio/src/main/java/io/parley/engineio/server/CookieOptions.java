package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries the session id, for load balancers that keep a client on its server by it. It is set by the
 * answer to the handshake over polling and nowhere else, and the server never reads it. Names and defaults are the
 * official ones.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class CookieOptions {

    private static final CookieOptions DEFAULTS = builder().build();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final String name;
    private final String attributes;
    private final UnaryOperator<String> encode;

    private CookieOptions(Builder builder) {
        name = builder.name;
        attributes = builder.attributes();
        encode = builder.encode;
    }

    /** Whether a cookie may be sent to requests from other sites (RFC 6265bis, {@code SameSite}). */
    public enum SameSite {
        /** Never. */
        STRICT("Strict"),
        /** When the user goes there by a link. */
        LAX("Lax"),
        /** Always; browsers ask for {@code secure} then. */
        NONE("None");

        private final String wireName;

        SameSite(String wireName) {
            this.wireName = wireName;
        }
    }

    /** Which cookies a browser drops first. */
    public enum Priority {
        /** First. */
        LOW("Low"),
        /** Then. */
        MEDIUM("Medium"),
        /** Last. */
        HIGH("High");

        private final String wireName;

        Priority(String wireName) {
            this.wireName = wireName;
        }
    }

    /** A cookie named {@code io} for the whole site, out of reach for scripts, {@code SameSite=Lax}. */
    public static CookieOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The value of the {@code Set-Cookie} field for a session. */
    String setCookie(String sid) {
        return name + "=" + encode.apply(sid) + attributes;
    }

    private static String percentEncode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Collects options. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private String name = "io";
        private String path = "/";
        private String domain = "";
        private boolean httpOnly = true;
        private boolean secure;
        private boolean partitioned;
        private @Nullable SameSite sameSite = SameSite.LAX;
        private @Nullable Priority priority; // null for none
        private @Nullable Duration maxAge; // null for none
        private @Nullable Instant expires; // null for none
        private UnaryOperator<String> encode = CookieOptions::percentEncode;

        private Builder() {}

        /**
         * Sets the name; {@code io} unless set.
         *
         * @throws IllegalArgumentException if it is not a token
         */
        public Builder name(String newName) {
            if (!FieldSyntax.isToken(requireNonNull(newName, "newName"))) {
                throw new IllegalArgumentException("name: '" + newName + "' (expected: a token, for example io)");
            }
            name = newName;
            return this;
        }

        /** Sets the path below which it is sent; {@code /} unless set, empty for that of the request. */
        public Builder path(String newPath) {
            path = attribute("path", newPath);
            return this;
        }

        /** Sets the domain whose hosts get it; the server's host alone unless set. */
        public Builder domain(String newDomain) {
            domain = attribute("domain", newDomain);
            return this;
        }

        /** Sets whether it is out of reach for scripts; true unless set. */
        public Builder httpOnly(boolean only) {
            httpOnly = only;
            return this;
        }

        /** Sets whether it is sent over TLS only; false unless set. */
        public Builder secure(boolean only) {
            secure = only;
            return this;
        }

        /** Sets whether it is kept apart for each site that embeds the page; false unless set. */
        public Builder partitioned(boolean apart) {
            partitioned = apart;
            return this;
        }

        /** Sets whether it is sent to requests from other sites; {@link SameSite#LAX} unless set, null to say nothing. */
        public Builder sameSite(@Nullable SameSite when) {
            sameSite = when;
            return this;
        }

        /** Sets how long browsers keep it among others; nothing is said unless set. */
        public Builder priority(Priority newPriority) {
            priority = requireNonNull(newPriority, "newPriority");
            return this;
        }

        /** Sets how long it lives, in whole seconds; for as long as the browser runs unless set. */
        public Builder maxAge(Duration age) {
            maxAge = requireNonNull(age, "age");
            return this;
        }

        /** Sets when it ends; {@link #maxAge} goes before it. */
        public Builder expires(Instant end) {
            expires = requireNonNull(end, "end");
            return this;
        }

        /** Sets how the session id becomes the value; by percent-encoding unless set. Must give a cookie's value. */
        public Builder encode(UnaryOperator<String> encoder) {
            encode = requireNonNull(encoder, "encoder");
            return this;
        }

        /** The options so far. */
        public CookieOptions build() {
            return new CookieOptions(this);
        }

        private static String attribute(String name, String value) {
            if (!FieldSyntax.isValue(requireNonNull(value, name)) || value.indexOf(';') >= 0) {
                throw new IllegalArgumentException(
                        name + ": '" + value + "' (expected: no semicolon, no control character)");
            }
            return value;
        }

        /** In the official order. */
        private String attributes() {
            StringBuilder text = new StringBuilder();
            add(text, "Max-Age", maxAge == null ? "" : Long.toString(maxAge.toSeconds()));
            add(text, "Domain", domain);
            add(text, "Path", path);
            add(text, "Expires", expires == null ? "" : DATE.format(expires.atOffset(ZoneOffset.UTC)));
            text.append(httpOnly ? "; HttpOnly" : "");
            text.append(secure ? "; Secure" : "");
            text.append(partitioned ? "; Partitioned" : "");
            add(text, "Priority", priority == null ? "" : priority.wireName);
            add(text, "SameSite", sameSite == null ? "" : sameSite.wireName);
            return text.toString();
        }

        private static void add(StringBuilder text, String name, String value) {
            if (!value.isEmpty()) {
                text.append("; ").append(name).append('=').append(value);
            }
        }
    }
}
