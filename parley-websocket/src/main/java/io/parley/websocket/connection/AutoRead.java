package io.parley.websocket.connection;

import io.netty.channel.Channel;

/**
 * Whether a channel is read all the time, or not at all.
 *
 * <p><b>Threading.</b> Belongs to the channel's event loop.
 */
public final class AutoRead {

    private AutoRead() {}

    /** Reads all the time, or stops. To be called in place of the method of its configuration, which may be shared. */
    public static void set(Channel channel, boolean always) {
        if (channel instanceof TcpChannel accepted) {
            accepted.readAlways(always);
        } else {
            channel.config().setAutoRead(always);
        }
    }
}
