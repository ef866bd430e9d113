package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * How bytes get in and out of the process.
 *
 * @param isNative whether addresses of Unix domain sockets are Netty's, and not the JDK's
 * @param serverChannel makes what listens on a port; what it accepts sends at once (TCP_NODELAY), as is Netty's default
 */
public record Transport(
        boolean isNative,
        IoHandlerFactory ioHandlers,
        ChannelFactory<? extends ServerChannel> serverChannel,
        Class<? extends ServerChannel> unixServerChannel,
        Class<? extends Channel> clientChannel) {

    private static final String BUFFER_EVENTS = "io.netty.jfr.enabled";

    // Netty asks for it as soon as it is touched, which is here: docs/adr/0019-no-buffer-events.md
    static {
        if (System.getProperty(BUFFER_EVENTS) == null) {
            System.setProperty(BUFFER_EVENTS, "false");
        }
    }

    /** Native epoll where it is wanted and the system has it, otherwise Java NIO. */
    public static Transport choose(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? epoll() : nio();
    }

    private static Transport epoll() {
        return new Transport(
                true,
                EpollIoHandler.newFactory(),
                TcpServerChannel::new,
                EpollServerDomainSocketChannel.class,
                EpollSocketChannel.class);
    }

    private static Transport nio() {
        return new Transport(
                false,
                NioIoHandler.newFactory(),
                NioServerSocketChannel::new,
                NioServerDomainSocketChannel.class,
                NioSocketChannel.class);
    }
}
