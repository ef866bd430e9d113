package io.parley.webtransport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.parley.websocket.server.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections get, read again when its files change or when that is asked for.
 *
 * <p><b>Threading.</b> Safe for any thread. Files are read on the thread that asks for it, and changes of them on the
 * given executor, never on an event loop.
 */
final class TlsKeys {

    private static final Logger log = LoggerFactory.getLogger(WebTransportServer.class);

    private static final long LOOK_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final TlsOptions options;
    private final Executor reader;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_INTERVAL);
    private volatile Loaded loaded;

    /** What was read, and how old the files were then. */
    private record Loaded(QuicSslContext context, List<FileTime> modified) {}

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    TlsKeys(TlsOptions options, Executor reader) {
        this.options = options;
        this.reader = reader;
        loaded = load();
    }

    /** What a new connection gets; the files are looked at, when that was not done for a while. */
    QuicSslEngine newEngine(ByteBufAllocator allocator) {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (options.reloadOnChange() && now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_INTERVAL)) {
            look();
        }
        return loaded.context.newEngine(allocator);
    }

    private void look() {
        try {
            reader.execute(this::reloadIfChanged);
        } catch (RejectedExecutionException expected) { // it is full or shut down: another time
            log.debug("TLS files are not looked at: the handlers' executor takes nothing");
        }
    }

    private void reloadIfChanged() {
        if (loaded.modified.equals(modified())) {
            return;
        }
        try {
            reload();
            log.info("TLS files have changed; new connections get the new certificate");
        } catch (IllegalArgumentException unusable) {
            log.warn("TLS files have changed and cannot be used; the certificate from before goes on", unusable);
        }
    }

    /**
     * Reads the files again, for the connections from now on.
     *
     * @throws IllegalArgumentException if they cannot be used; then all is as before
     */
    void reload() {
        loaded = load();
    }

    private Loaded load() {
        List<FileTime> before = modified(); // first: what changes while they are read is seen the next time
        KeyStore.PrivateKeyEntry own = options.privateKeyEntry();
        X509Certificate[] chain = Arrays.stream(own.getCertificateChain())
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
        QuicSslContext context = QuicSslContextBuilder.forServer(own.getPrivateKey(), null, chain)
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        return new Loaded(context, before);
    }

    private List<FileTime> modified() {
        return options.files().stream().map(TlsKeys::modified).toList();
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException missing) { // for a moment, while it is replaced
            return FileTime.fromMillis(0);
        }
    }
}
