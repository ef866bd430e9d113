package io.parley.websocket.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.parley.websocket.tls.KeyMaterial;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS of connections.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ClientTls {

    private final List<X509Certificate> trusted; // empty for what the JDK trusts
    private final @Nullable KeyMaterial key; // null for none
    private final @Nullable String serverName; // null for the host of the URL
    private final Set<String> pins;
    private final boolean insecure;
    private volatile @Nullable SslContext context; // null until it is needed

    ClientTls(
            List<X509Certificate> trusted,
            @Nullable KeyMaterial key,
            @Nullable String serverName,
            Set<String> pins,
            boolean insecure) {
        this.trusted = trusted;
        this.key = key;
        this.serverName = serverName;
        this.pins = pins;
        this.insecure = insecure;
    }

    /** Reads what the JDK trusts, the first time. It blocks. */
    synchronized SslContext load() throws SSLException {
        SslContext present = context;
        if (present == null) {
            present = build();
            context = present;
        }
        return present;
    }

    private SslContext build() throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm(insecure ? null : "HTTPS");
        if (insecure) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        if (key != null) {
            builder.keyManager(key.key(), key.chain());
        }
        return builder.build();
    }

    SslHandler newHandler(ByteBufAllocator allocator, Target target) {
        SslContext loaded = context;
        if (loaded == null) {
            throw new IllegalStateException("newHandler() before load()");
        }
        SslHandler handler =
                loaded.newHandler(allocator, serverName == null ? target.bareHost() : serverName, target.port());
        handler.setHandshakeTimeoutMillis(0); // everything up to the open event has one limit
        return handler;
    }

    /** Looks whether the server's key is one that was asked for, if any was. */
    void checkPins(SslHandler connected) throws SSLException {
        if (pins.isEmpty()) {
            return;
        }
        String pin = pinOf((X509Certificate) connected.engine().getSession().getPeerCertificates()[0]);
        if (!pins.contains(pin)) {
            throw new SSLHandshakeException(
                    "Key of the certificate: " + pin + " (expected: one of " + new TreeSet<>(pins) + ")");
        }
    }

    private static String pinOf(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return "sha256/" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has SHA-256
            throw new AssertionError(impossible);
        }
    }
}
