package io.parley.websocket.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.parley.websocket.connection.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Where a server listens. */
sealed interface ListenAddress permits PortAddress, UnixSocket {

    /**
     * What listens.
     *
     * @param release takes away what is left of it, once the channel is closed
     */
    record Listening(Channel channel, Runnable release) {}

    /**
     * Begins to listen.
     *
     * @param bootstrap has all but the kind of channel and its address
     * @throws UncheckedIOException if it cannot: the message says where, why, and what to do
     */
    Listening listen(ServerBootstrap bootstrap, Transport transport);

    static UncheckedIOException cannotListen(String message, @Nullable Throwable cause) {
        return new UncheckedIOException(message, new IOException(message, cause));
    }
}
