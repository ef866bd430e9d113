package io.parley.websocket.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The ways to end a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails to close is closed
public final class ChannelEnd {

    private ChannelEnd() {}

    /** Cuts it; what is not written is lost. */
    public static void close(Channel channel) {
        channel.close();
    }

    /** Cuts it when it is still open after a while. */
    public static void closeAfter(Channel channel, Duration patience) {
        channel.eventLoop().schedule(() -> channel.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells the peer that nothing more comes: in the words of TLS, where that is spoken, and in those of TCP. */
    public static void endOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound().addListener(told -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    /** Goes on when everything is written; when it cannot be, the channel is closed already. */
    public static void whenWritten(Channel channel, Runnable next) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> next.run());
    }

    /** Closes it when everything is written. */
    public static void closeWhenWritten(Channel channel) {
        whenWritten(channel, () -> close(channel));
    }

    /** Tells the peer that nothing more comes, when everything is written. */
    public static void endOutputWhenWritten(Channel channel) {
        whenWritten(channel, () -> endOutput(channel));
    }
}
