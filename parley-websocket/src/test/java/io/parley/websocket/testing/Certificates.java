package io.parley.websocket.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of the tests, what it signs, and the files that a server reads. */
public final class Certificates {

    private static final Duration VALID = Duration.ofDays(30);

    private final X509Bundle authority;

    private Certificates(X509Bundle authority) {
        this.authority = authority;
    }

    /** A certificate with its key, and the authority that vouches for it. */
    public record Signed(X509Bundle bundle) {

        /** The certificate itself. */
        public X509Certificate certificate() {
            return bundle.getCertificate();
        }

        /** Writes the certificate in PEM. */
        public Path writeChain(Path file) {
            return write(file, bundle.getCertificatePathPEM());
        }

        /** Writes the key in PKCS #8. */
        public Path writeKey(Path file) {
            return write(file, bundle.getPrivateKeyPEM());
        }

        /** Writes a key store with the key and the certificate. */
        public Path writeKeyStore(Path file, String type, String password) {
            try (OutputStream out = Files.newOutputStream(file)) {
                KeyStore store = KeyStore.getInstance(type);
                store.load(null, null);
                store.setKeyEntry(
                        "only", bundle.getKeyPair().getPrivate(), password.toCharArray(), bundle.getCertificatePath());
                store.store(out, password.toCharArray());
                return file;
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A new authority. */
    public static Certificates authority(String name) {
        return new Certificates(built(builder(name).setIsCertificateAuthority(true), null));
    }

    /** A certificate for 127.0.0.1 and localhost. */
    public Signed server() {
        return new Signed(built(named("server"), authority));
    }

    /** A certificate for 127.0.0.1 and localhost that ended yesterday. */
    public Signed expired() {
        return new Signed(built(named("expired").notAfter(Instant.now().minus(Duration.ofDays(1))), authority));
    }

    /** A certificate of this name, for a client. */
    public Signed client(String name) {
        return new Signed(built(builder(name), authority));
    }

    /** A certificate for 127.0.0.1 and localhost with a key of this kind. */
    public Signed server(CertificateBuilder.Algorithm algorithm) {
        return new Signed(built(named("server").algorithm(algorithm), authority));
    }

    /** Writes the certificate of the authority in PEM. */
    public Path writeRoot(Path file) {
        return write(file, authority.getRootCertificatePEM());
    }

    /** Writes a key store that trusts the authority. */
    public Path writeTrustStore(Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = trustStore();
            store.store(out, password.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a client needs that trusts the authority. */
    public SSLContext clientContext() {
        return clientContext(null);
    }

    /** What a client needs that trusts the authority and shows a certificate of its own, unless that is null. */
    public SSLContext clientContext(@Nullable Signed own) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keyManagers(own), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** PEM of these bytes. */
    public static String pem(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private static KeyManager[] keyManagers(Signed own) throws GeneralSecurityException {
        KeyManagerFactory keys = own.bundle.toKeyManagerFactory();
        return keys.getKeyManagers();
    }

    private KeyStore trustStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.getRootCertificate());
        return store;
    }

    private static CertificateBuilder named(String name) {
        return builder(name).addSanDnsName("localhost").addSanIpAddress("127.0.0.1");
    }

    private static CertificateBuilder builder(String name) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .subject("CN=" + name)
                .ecp256()
                .notBefore(now.minus(VALID))
                .notAfter(now.plus(VALID));
    }

    private static X509Bundle built(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
