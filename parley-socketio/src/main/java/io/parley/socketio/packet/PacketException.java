package io.parley.socketio.packet;

import io.parley.socketio.SocketIoException;

/** The peer sent a packet that breaks the protocol. The connection cannot go on. */
public final class PacketException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    /** Says what came and what was expected. */
    public PacketException(String message) {
        super(message);
    }
}
