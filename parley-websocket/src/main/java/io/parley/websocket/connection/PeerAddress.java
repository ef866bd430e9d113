package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address of a peer in the words of the JDK. */
public final class PeerAddress {

    /** Who connects to a Unix domain socket has no name of its own. */
    private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private PeerAddress() {}

    /** The address of the other end; null when the channel is not connected. */
    public static @Nullable SocketAddress of(Channel channel) {
        boolean unix = channel instanceof DomainSocketChannel || channel instanceof NioDomainSocketChannel;
        return unix ? UNNAMED : channel.remoteAddress();
    }
}
