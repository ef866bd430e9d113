package io.parley.websocket.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.parley.websocket.connection.Transport;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * A TCP port.
 *
 * @param port 0 for any free one
 */
record PortAddress(String host, int port) implements ListenAddress {

    @Override
    public Listening listen(ServerBootstrap bootstrap, Transport transport) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw ListenAddress.cannotListen(
                    "Host " + host + " is unknown (expected: an address of this machine)", null);
        }
        ChannelFuture bound = bootstrap
                .channelFactory(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw failed(bound.cause());
        }
        return new Listening(bound.channel(), () -> {});
    }

    private UncheckedIOException failed(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("in use")) {
            return ListenAddress.cannotListen(
                    "Port " + port + " on " + host + " is taken (expected: a free port); stop the program that listens"
                            + " there, or choose another port, or 0 for any free one",
                    cause);
        }
        return ListenAddress.cannotListen(
                "Cannot listen on " + host + ":" + port + ": " + reason
                        + " (expected: an address of this machine, and a port that this user may open)",
                cause);
    }
}
