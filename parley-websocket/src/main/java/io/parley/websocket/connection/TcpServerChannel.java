package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.AbstractEpollServerChannel;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * A TCP port on epoll whose connections are a {@link TcpChannel} each. What Netty tells the kernel for every one of them
 * it tells once: on Linux, a connection has the options of the socket that it came to.
 *
 * <p><b>Threading.</b> Safe for any thread, as every channel.
 */
final class TcpServerChannel extends AbstractEpollServerChannel {

    private final Config config;
    private final TcpChannel.SharedConfig configOfAccepted;

    TcpServerChannel() {
        super(LinuxSocket.newSocketStream(), false);
        config = new Config(this);
        configOfAccepted = new TcpChannel.SharedConfig(this);
    }

    @Override
    public EpollChannelConfig config() {
        return config;
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        socket.setTcpNoDelay(true); // frames are joined before they are sent
        super.doBind(address);
        socket.listen(config.backlog);
        active = true;
    }

    @Override
    protected Channel newChildChannel(int descriptor, byte[] address, int offset, int length) throws IOException {
        return new TcpChannel(LinuxSocket.newSocket(descriptor), configOfAccepted, address, offset, length);
    }

    /** With the two options that a server sets; Netty's own class for them keeps its constructor to itself. */
    private static final class Config extends EpollChannelConfig {

        private volatile int backlog; // set before it is bound

        Config(TcpServerChannel channel) {
            super(channel);
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (option.equals(ChannelOption.SO_BACKLOG)) {
                backlog = (Integer) value;
            } else if (option.equals(ChannelOption.SO_REUSEADDR)) {
                reuseAddress((Boolean) value);
            } else {
                return super.setOption(option, value);
            }
            return true;
        }

        private void reuseAddress(boolean reuse) {
            try {
                socket().setReuseAddress(reuse);
            } catch (IOException failed) {
                throw new ChannelException(failed);
            }
        }
    }
}
