package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that a {@link TcpServerChannel} has accepted. It does what Netty's own class does, but there may be a
 * hundred thousand that idle, and some come for one request only: so it makes its addresses when they are asked for, and
 * asks and tells the kernel nothing while it comes and goes. Nor has it a configuration of its own, until somebody stops
 * reading from it or it has several buffers to write.
 *
 * <p><b>Threading.</b> Safe for any thread, as every channel.
 */
final class TcpChannel extends AbstractEpollStreamChannel {

    private static final int IPV4_LENGTH = Long.BYTES; // the address, and the port as an int

    private volatile EpollChannelConfig config; // that of all connections, until this one needs its own
    private final int peer; // an IPv4 address, as Netty's native code gives it
    private final char peerPort; // likewise; in no more bytes than it takes, for they are the ones that fit
    private final byte @Nullable [] longPeer; // both, likewise; non-null when the address is none of IPv4

    /**
     * A connection that was accepted.
     *
     * @param shared of all connections that were
     */
    TcpChannel(LinuxSocket socket, SharedConfig shared, byte[] address, int offset, int length) throws IOException {
        super(socket, false); // an active one is asked for both addresses
        active = true;
        setFlag(Native.EPOLLIN); // everybody reads from the start: registered so, it needs no second call for that
        config = shared;
        boolean isIpv4 = length == IPV4_LENGTH;
        ByteBuffer bytes = ByteBuffer.wrap(address, offset, length);
        peer = isIpv4 ? bytes.getInt() : 0;
        peerPort = isIpv4 ? (char) bytes.getInt() : 0;
        longPeer = isIpv4 ? null : Arrays.copyOfRange(address, offset, offset + length);
    }

    @Override
    public EpollChannelConfig config() {
        return config;
    }

    /** Whether it is read all the time, as it is at first; to be called on its loop. */
    void readAlways(boolean always) {
        if (config.isAutoRead() != always) {
            ownConfig().setAutoRead(always);
        }
    }

    /** What Netty learns about the size of one call while several buffers wait is about this connection only. */
    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (in.size() > 1) {
            ownConfig();
        }
        super.doWrite(in);
    }

    private EpollChannelConfig ownConfig() {
        EpollChannelConfig own = config;
        if (own instanceof SharedConfig) {
            own = new Config(this);
            config = own;
        }
        return own;
    }

    @Override
    protected ChannelId newId() {
        return new Identity();
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress0(); // which the super class would keep
    }

    @Override
    protected InetSocketAddress remoteAddress0() {
        byte[] bytes = longPeer != null
                ? longPeer
                : ByteBuffer.allocate(IPV4_LENGTH).putInt(peer).putInt(peerPort).array();
        return NativeInetAddress.address(bytes, 0, bytes.length);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return localAddress0(); // likewise
    }

    @Override
    protected @Nullable InetSocketAddress localAddress0() {
        return isOpen() ? socket.localAddress() : null;
    }

    /** What is closed leaves epoll by itself, so it is closed first: Netty would have it leave by a call before. */
    @Override
    protected void doClose() throws Exception {
        try {
            if (isRegistered() && eventLoop().inEventLoop()) {
                socket.close();
            }
        } finally {
            super.doClose();
        }
    }

    /** Without options of TCP: those of the server are this one's. */
    static class Config extends EpollChannelConfig {

        Config(Channel channel) {
            super(channel, LoopReceiveAllocator.SHARED);
        }
    }

    /** What most connections have in common: that they are read all the time, and that nothing else was set. */
    static final class SharedConfig extends Config {

        SharedConfig(TcpServerChannel server) {
            super(server);
        }

        @Override
        public EpollChannelConfig setAutoRead(boolean always) {
            if (!always) {
                throw new UnsupportedOperationException(
                        "setAutoRead(false) on what all connections share (expected: AutoRead.set)");
            }
            return this;
        }
    }

    /** A name for logs; nothing else is done with it. */
    private static final class Identity implements ChannelId {

        private static final long serialVersionUID = 1;

        @Override
        public String asShortText() {
            return Integer.toHexString(hashCode());
        }

        @Override
        public String asLongText() {
            return asShortText();
        }

        @Override
        public int compareTo(ChannelId other) {
            return asLongText().compareTo(other.asLongText());
        }

        @Override
        public String toString() {
            return asShortText();
        }
    }
}
