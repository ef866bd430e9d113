package io.parley.websocket.server;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.parley.websocket.connection.PeerAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param address null when it is unknown
 * @param secure whether TLS is between
 * @param certificates the client's own first; empty when it has shown none
 */
record Peer(@Nullable SocketAddress address, boolean secure, List<X509Certificate> certificates) {

    /**
     * The peer of a channel whose TLS handshake is done, if it has one.
     *
     * @param known its address; null to find out
     */
    static Peer of(Channel channel, @Nullable SocketAddress known) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        SocketAddress address = known == null ? PeerAddress.of(channel) : known;
        return tls == null ? new Peer(address, false, List.of()) : new Peer(address, true, certificates(tls.engine()));
    }

    private static List<X509Certificate> certificates(SSLEngine engine) {
        if (!engine.getNeedClientAuth() && !engine.getWantClientAuth()) {
            return List.of();
        }
        List<X509Certificate> shown = new ArrayList<>();
        try {
            for (Certificate certificate : engine.getSession().getPeerCertificates()) {
                shown.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException expected) { // it has shown none, and need not
            return List.of();
        }
        return List.copyOf(shown);
    }
}
