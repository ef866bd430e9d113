package io.parley.websocket.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
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

    private final Trust trust;
    private final @Nullable KeyMaterial key; // null for none
    private final @Nullable String serverName; // null for the host of the URL
    private final boolean nativeProvider;
    private volatile @Nullable SslContext context; // null until it is needed

    /**
     * Which servers are taken.
     *
     * @param authorities those who vouch for them; empty for those that the JDK trusts
     * @param pins of the keys that they may have; empty for any key
     * @param anybody whether nobody has to vouch
     */
    record Trust(List<X509Certificate> authorities, Set<String> pins, boolean anybody) {}

    ClientTls(Trust trust, @Nullable KeyMaterial key, @Nullable String serverName, boolean nativeProvider) {
        this.trust = trust;
        this.key = key;
        this.serverName = serverName;
        this.nativeProvider = nativeProvider;
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
                .sslProvider(provider())
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm(trust.anybody() ? null : "HTTPS");
        if (trust.anybody()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!trust.authorities().isEmpty()) {
            builder.trustManager(trust.authorities());
        }
        if (key != null) {
            builder.keyManager(key.key(), key.chain());
        }
        return withoutNativeSessions(builder.build());
    }

    /** BoringSSL would copy a key of one's own to where nothing wipes it before the collector finds the options. */
    private SslProvider provider() {
        return nativeProvider && key == null && OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** Sessions to resume would hold memory outside of the heap until the collector finds the options. */
    private static SslContext withoutNativeSessions(SslContext made) {
        if (made.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return made;
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
        Set<String> pins = trust.pins();
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
