package io.parley.websocket.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProtocols;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.parley.websocket.tls.KeyMaterial;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections get, read again when its files change or when that is asked for. A connection
 * keeps the one it began with.
 *
 * <p><b>Threading.</b> Safe for any thread. Files are read on the thread that asks for it, and changes of them on the
 * given executor, never on an event loop.
 */
final class TlsContext {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final long LOOK_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    /** How long the last words of TLS may take to a peer that does not read. */
    private static final int CLOSE_NOTIFY_MILLIS = 1000;

    private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_1_1);

    private final TlsOptions options;
    private final Executor reader;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_INTERVAL);

    // Guarded by reading, which is held while files are read.
    private final Object reading = new Object();
    private List<FileStamp> stamps; // of the files when they were read last

    // Guarded by this, which an event loop may wait for. The native provider counts references: each connection holds
    // one, and so do we.
    private SslContext current;
    private boolean closed;

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    TlsContext(TlsOptions options, Executor reader) {
        this.options = options;
        this.reader = reader;
        stamps = FileStamp.of(options.files());
        current = load(options);
    }

    TlsOptions options() {
        return options;
    }

    /** The handler of a new connection. */
    synchronized SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = current.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(0); // whoever adds it looks after that
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /** A connection has come: has the files looked at, when that was not done for a while. */
    void onConnection() {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (!options.reloadOnChange() || now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_INTERVAL)) {
            return;
        }
        try {
            reader.execute(this::reloadIfChanged);
        } catch (RejectedExecutionException expected) { // it is full or shut down: another time
            log.debug("TLS files are not looked at: the handlers' executor takes nothing");
        }
    }

    private void reloadIfChanged() {
        synchronized (reading) {
            if (stamps.equals(FileStamp.of(options.files()))) {
                return;
            }
            try {
                reload();
                log.info("TLS files have changed; new connections get the new certificate");
            } catch (IllegalArgumentException unusable) {
                log.warn("TLS files have changed and cannot be used; the certificate from before goes on", unusable);
            }
        }
    }

    /**
     * Reads the files again, for the connections from now on.
     *
     * @throws IllegalArgumentException if they cannot be used; then all is as before
     */
    void reload() {
        synchronized (reading) {
            stamps = FileStamp.of(options.files()); // first: what changes while they are read is seen the next time
            replace(load(options));
        }
    }

    private synchronized void replace(SslContext next) {
        ReferenceCountUtil.release(closed ? next : current);
        current = closed ? current : next;
    }

    /** Gives its memory back; connections that are open keep what they need. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            ReferenceCountUtil.release(current);
        }
    }

    private static SslContext load(TlsOptions options) {
        KeyMaterial material = options.key();
        X509Certificate own = material.chain().get(0);
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(material.key(), material.chain())
                    .sslProvider(provider(options))
                    .protocols(SslProtocols.TLS_v1_3, SslProtocols.TLS_v1_2)
                    .applicationProtocolConfig(ALPN);
            if (options.clientCertificates() != TlsOptions.ClientCertificates.NONE) {
                builder.clientAuth(clientAuth(options)).trustManager(options.trust());
            }
            SslContext context = builder.build();
            warnOfDates(own);
            log.debug("TLS certificate of {}, valid until {}", own.getSubjectX500Principal(), own.getNotAfter());
            return context;
        } catch (SSLException refused) {
            throw new IllegalArgumentException(
                    "TLS: the provider does not take the certificate of " + own.getSubjectX500Principal()
                            + " (expected: a key of a kind and length that it serves)",
                    refused);
        }
    }

    private static SslProvider provider(TlsOptions options) {
        return options.nativeProvider() && OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    private static ClientAuth clientAuth(TlsOptions options) {
        return switch (options.clientCertificates()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }

    /** Clients will most likely refuse it, which is no reason to serve none. */
    private static void warnOfDates(X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException late) {
            log.warn(
                    "TLS certificate of {} expired at {} (expected: a valid one; clients will refuse it)",
                    certificate.getSubjectX500Principal(),
                    certificate.getNotAfter());
        } catch (CertificateNotYetValidException early) {
            log.warn(
                    "TLS certificate of {} is not valid before {} (expected: a valid one; clients will refuse it)",
                    certificate.getSubjectX500Principal(),
                    certificate.getNotBefore());
        }
    }
}
