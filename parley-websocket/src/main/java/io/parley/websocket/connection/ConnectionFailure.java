package io.parley.websocket.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Whose fault it was that a connection failed. */
public final class ConnectionFailure {

    private ConnectionFailure() {}

    /**
     * Whether the network or the peer failed, and not our own code: a connection that is reset, or TLS that cannot be
     * read, which is an {@link IOException} too but comes wrapped.
     */
    public static boolean isOfPeer(Throwable failure) {
        return failure instanceof IOException
                || (failure instanceof DecoderException && failure.getCause() instanceof IOException);
    }

    /** Logs why a channel has failed, and closes it. */
    public static void close(Channel channel, Throwable failure, Logger log) {
        Level level = isOfPeer(failure) ? Level.DEBUG : Level.ERROR;
        if (log.isEnabledForLevel(level)) { // the address would be made for nothing
            log.atLevel(level).setCause(failure).log("{}: connection failed and was closed", channel.remoteAddress());
        }
        ChannelEnd.close(channel);
    }
}
