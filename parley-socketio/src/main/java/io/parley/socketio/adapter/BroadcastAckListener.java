package io.parley.socketio.adapter;

import io.parley.socketio.Arguments;

/**
 * Hears what comes back from a broadcast with acknowledgements.
 *
 * <p><b>Threading.</b> Called on any thread, also on several at the same time.
 */
public interface BroadcastAckListener {

    /** One server has sent the packet to so many clients. Called once for each server, also for none. */
    void onClientCount(int clients);

    /** One client has answered. */
    void onAck(Arguments reply);

    /** The time is over. May be called more than once. */
    void onTimeout();
}
