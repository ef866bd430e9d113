package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.tls.KeyMaterial;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS, see {@link HttpServer.Builder#tls}. Only TLS 1.2 and 1.3 are spoken, with the cipher suites
 * that the provider holds to be good, and {@code http/1.1} when a client asks what is spoken inside (ALPN, RFC 7301).
 *
 * <p>The provider is BoringSSL where {@code netty-tcnative-boringssl-static} is on the class path, otherwise the JDK.
 *
 * <p><b>Threading.</b> Immutable. The files may change while a server runs, see {@link HttpServer#reloadTls}.
 */
public final class TlsOptions {

    private final Supplier<KeyMaterial> key;
    private final @Nullable Supplier<List<X509Certificate>> trust; // null when clients show no certificate
    private final List<Path> files;
    private final ClientCertificates clientCertificates;
    private final Duration handshakeTimeout;
    private final int maxHandshakes;
    private final boolean reloadOnChange;
    private final boolean nativeProvider;

    /** Whether clients show a certificate of their own (mutual TLS). */
    public enum ClientCertificates {
        /** They are not asked for one. */
        NONE,
        /** They are asked; a client without one is served, one with a certificate that is not trusted is not. */
        OPTIONAL,
        /** A client without a certificate that is trusted is not served: its TLS handshake fails. */
        REQUIRED
    }

    private TlsOptions(Builder builder, Supplier<KeyMaterial> key) {
        this.key = key;
        trust = builder.trust;
        files = List.copyOf(builder.files);
        clientCertificates = builder.clientCertificates;
        handshakeTimeout = builder.handshakeTimeout;
        maxHandshakes = builder.maxHandshakes;
        reloadOnChange = builder.reloadOnChange;
        nativeProvider = builder.nativeProvider;
    }

    /**
     * TLS with a certificate in PEM files and every option at its default.
     *
     * @throws IllegalArgumentException as {@link Builder#build} does
     */
    public static TlsOptions of(Path chain, Path key) {
        return builder().certificate(chain, key).build();
    }

    /** A builder with every option at its default, and without a certificate. */
    public static Builder builder() {
        return new Builder();
    }

    /** What the files hold now. */
    KeyMaterial key() {
        return key.get();
    }

    /** Who vouches for clients, as the files say now; empty when clients show no certificate. */
    List<X509Certificate> trust() {
        return trust == null ? List.of() : trust.get();
    }

    /**
     * The certificate and its key as the files hold them now, for a host of another kind than {@link HttpServer}. Reads
     * them on the calling thread.
     *
     * @throws IllegalArgumentException if they cannot be used: the message says which, why, and what was expected
     */
    public KeyStore.PrivateKeyEntry privateKeyEntry() {
        KeyMaterial material = key();
        return new KeyStore.PrivateKeyEntry(material.key(), material.chain().toArray(Certificate[]::new));
    }

    /** Every file that is read. */
    public List<Path> files() {
        return files;
    }

    /** Whether clients show a certificate of their own. */
    public ClientCertificates clientCertificates() {
        return clientCertificates;
    }

    /** How long a connection may take to the end of its TLS handshake. */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** How many TLS handshakes may be under way at a time. */
    public int maxHandshakes() {
        return maxHandshakes;
    }

    /** Whether the files are read again when they have changed. */
    public boolean reloadOnChange() {
        return reloadOnChange;
    }

    boolean nativeProvider() {
        return nativeProvider;
    }

    /** Collects options. A wrong value fails in its setter, a wrong file in {@link #build}. */
    public static final class Builder {

        private final List<Path> files = new ArrayList<>(3);
        private @Nullable Supplier<KeyMaterial> key; // null until set
        private @Nullable Supplier<List<X509Certificate>> trust; // null unless set
        private ClientCertificates clientCertificates = ClientCertificates.NONE;
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private int maxHandshakes = 1000;
        private boolean reloadOnChange = true;
        private boolean nativeProvider = true;

        private Builder() {}

        /**
         * Sets the server's certificate, in PEM files.
         *
         * @param chain the server's certificate first, then those between it and the authority
         * @param key its private key, not encrypted: PKCS #8, PKCS #1 or SEC 1; may be in the same file
         */
        public Builder certificate(Path chain, Path key) {
            return certificate(chain, key, null);
        }

        /** Sets the server's certificate, in PEM files, with the password of an encrypted key (PKCS #8). */
        public Builder certificate(Path chain, Path key, @Nullable String password) {
            requireNonNull(chain, "chain");
            requireNonNull(key, "key");
            this.key = once(() -> KeyMaterial.fromPem(chain, key, password));
            files.add(chain);
            files.add(key);
            return this;
        }

        /**
         * Sets the server's certificate, in a key store with one key.
         *
         * @param file PKCS #12 or JKS
         * @param password of the store and of the key
         */
        public Builder keyStore(Path file, String password) {
            requireNonNull(file, "file");
            requireNonNull(password, "password");
            key = once(() -> KeyMaterial.fromKeyStore(file, password));
            files.add(file);
            return this;
        }

        private Supplier<KeyMaterial> once(Supplier<KeyMaterial> wanted) {
            if (key != null) {
                throw new IllegalStateException("A second certificate (expected: one certificate or one key store)");
            }
            return wanted;
        }

        /** Sets whether clients show a certificate; {@link ClientCertificates#NONE} unless set. */
        public Builder clientCertificates(ClientCertificates mode) {
            clientCertificates = requireNonNull(mode, "mode");
            return this;
        }

        /** Sets whose certificates vouch for clients: those of a PEM file. There is no default. */
        public Builder trust(Path file) {
            requireNonNull(file, "file");
            trust = () -> KeyMaterial.trustFromPem(file);
            files.add(file);
            return this;
        }

        /** Sets whose certificates vouch for clients: the trusted ones of a key store, PKCS #12 or JKS. */
        public Builder trustStore(Path file, String password) {
            requireNonNull(file, "file");
            requireNonNull(password, "password");
            trust = () -> KeyMaterial.trustFromKeyStore(file, password);
            files.add(file);
            return this;
        }

        /**
         * Sets how long a connection may take from its acceptance to the end of the TLS handshake, 1 ms or more; 10 s
         * unless set. Then it is cut.
         */
        public Builder handshakeTimeout(Duration timeout) {
            handshakeTimeout = Limits.timeout("handshakeTimeout", timeout);
            return this;
        }

        /**
         * Sets how many TLS handshakes may be under way at a time, 1 or more; 1,000 unless set. A client that begins
         * one more is cut: each costs memory, and the time of a core, before anything is known of the client.
         */
        public Builder maxHandshakes(int handshakes) {
            maxHandshakes = Limits.range("maxHandshakes", handshakes, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets whether the files are read again when they have changed; they are unless set. They are looked at when a
         * connection comes, at most once a second, and new certificates serve the connections after it. Files that
         * cannot be used are logged as a warning, and the certificate from before goes on.
         */
        public Builder reloadOnChange(boolean reload) {
            reloadOnChange = reload;
            return this;
        }

        /** Sets whether BoringSSL is used where it is on the class path, as it is unless set; otherwise the JDK's TLS. */
        public Builder nativeProvider(boolean use) {
            nativeProvider = use;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalStateException if there is no certificate, or trust is missing or of no use
         * @throws IllegalArgumentException if a file is missing or cannot be used: the message says which, why, and
         *     what was expected
         */
        public TlsOptions build() {
            if (key == null) {
                throw new IllegalStateException("TLS without a certificate (expected: certificate or keyStore)");
            }
            if ((trust != null) != (clientCertificates != ClientCertificates.NONE)) {
                throw new IllegalStateException("clientCertificates: " + clientCertificates
                        + (trust == null ? " without trust" : " with trust")
                        + " (expected: OPTIONAL or REQUIRED, and trust to say which)");
            }
            TlsOptions options = new TlsOptions(this, key);
            options.key();
            options.trust();
            return options;
        }
    }
}
