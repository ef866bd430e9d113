package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.parley.websocket.client.ClientTls.Trust;
import io.parley.websocket.tls.KeyMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken: by version 1.3 or 1.2, with the server's certificate checked, and its name. With
 * {@code netty-tcnative} on the class path BoringSSL does it, otherwise, and with a certificate of one's own, the JDK.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class TlsOptions {

    private static final TlsOptions DEFAULTS = builder().build();

    private final ClientTls tls;

    private TlsOptions(Builder builder) {
        tls = new ClientTls(
                new Trust(builder.trusted, Set.copyOf(builder.pins), builder.insecure),
                builder.key,
                builder.serverName,
                builder.nativeProvider);
    }

    /** Trust in what the JDK trusts, no key of one's own. */
    public static TlsOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads what the JDK trusts, the first time. It blocks. */
    void load() throws IOException {
        tls.load();
    }

    /** The handler for one connection, after {@link #load}. */
    SslHandler newHandler(ByteBufAllocator allocator, Target target) {
        return tls.newHandler(allocator, target);
    }

    /** Whether the server that was connected to is one of those that were asked for. */
    void checkPins(SslHandler connected) throws SSLException {
        tls.checkPins(connected);
    }

    /** Collects options. A wrong value, or a file that cannot be used, fails in its setter. */
    public static final class Builder {

        private static final Pattern PIN = Pattern.compile("sha256/[A-Za-z0-9+/]{43}=");

        private List<X509Certificate> trusted = List.of(); // empty for what the JDK trusts
        private @Nullable KeyMaterial key; // null for none
        private @Nullable String serverName; // null for the host of the URL
        private final Set<String> pins = new LinkedHashSet<>();
        private boolean insecure;
        private boolean nativeProvider = true;

        private Builder() {}

        /**
         * Sets whose certificates are trusted, instead of what the JDK trusts.
         *
         * @param pem a file with one certificate or more
         */
        public Builder trust(Path pem) {
            trusted = KeyMaterial.trustFromPem(requireNonNull(pem, "pem"));
            return this;
        }

        /**
         * As {@link #trust(Path)}, from a key store.
         *
         * @param file PKCS #12 or JKS
         */
        public Builder trustStore(Path file, String password) {
            trusted = KeyMaterial.trustFromKeyStore(requireNonNull(file, "file"), requireNonNull(password, "password"));
            return this;
        }

        /** As {@link #trust(Path)}, with certificates that are there already; one or more. */
        public Builder trust(List<X509Certificate> certificates) {
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("certificates: none (expected: 1 or more)");
            }
            trusted = List.copyOf(certificates);
            return this;
        }

        /**
         * Sets the certificate that is shown to a server that asks for one; none unless set.
         *
         * @param chain PEM, the certificate of the key first
         * @param key PEM: PKCS #8, PKCS #1 or SEC 1, not encrypted; may be the same file
         */
        public Builder certificate(Path chain, Path key) {
            this.key = KeyMaterial.fromPem(requireNonNull(chain, "chain"), requireNonNull(key, "key"), null);
            return this;
        }

        /** As {@link #certificate(Path, Path)}, with an encrypted key. */
        public Builder certificate(Path chain, Path key, String password) {
            this.key = KeyMaterial.fromPem(
                    requireNonNull(chain, "chain"), requireNonNull(key, "key"), requireNonNull(password, "password"));
            return this;
        }

        /**
         * As {@link #certificate(Path, Path)}, from a key store.
         *
         * @param keyStore PKCS #12 or JKS, with one key
         */
        public Builder key(Path keyStore, String password) {
            key = KeyMaterial.fromKeyStore(requireNonNull(keyStore, "keyStore"), requireNonNull(password, "password"));
            return this;
        }

        /**
         * Sets the name that the server is asked for (SNI, RFC 6066 section 3) and that its certificate must be for; the
         * host of the URL unless set.
         */
        public Builder serverName(String name) {
            serverName = requireNonNull(name, "name");
            return this;
        }

        /**
         * Adds a key that the server's own certificate may have; any key unless set. It is checked after all else, and
         * with {@link #insecure} too.
         *
         * @param pin {@code sha256/} and in base64 the SHA-256 of the certificate's public key (RFC 7469 section 2.4)
         */
        public Builder pin(String pin) {
            if (!PIN.matcher(pin).matches()) {
                throw new IllegalArgumentException("pin: " + pin + " (expected: sha256/ and 44 characters of base64)");
            }
            pins.add(pin);
            return this;
        }

        /** Trusts every certificate for every name: for tests. Whoever is on the way can read and change all. */
        public Builder insecure() {
            insecure = true;
            return this;
        }

        /**
         * Sets whether BoringSSL is used where it is on the class path, as it is unless set; otherwise the JDK's TLS. A
         * client that shows a certificate of its own uses the JDK's.
         */
        public Builder nativeProvider(boolean use) {
            nativeProvider = use;
            return this;
        }

        /** The options. */
        public TlsOptions build() {
            return new TlsOptions(this);
        }
    }
}
