package io.parley.websocket.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The ways to end a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails to close is closed
final class ChannelEnd {

    private ChannelEnd() {}

    /** Cuts it; what is not written is lost. */
    static void close(Channel channel) {
        channel.close();
    }

    /** Cuts it when it is still open after a while. */
    static void closeAfter(Channel channel, Duration patience) {
        channel.eventLoop().schedule(() -> channel.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes it when everything is written. */
    static void closeWhenWritten(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Tells the peer that nothing more comes, when everything is written. */
    static void endOutputWhenWritten(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener((ChannelFutureListener) written -> ((DuplexChannel) written.channel()).shutdownOutput());
    }
}
