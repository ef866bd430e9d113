package io.parley.socketio.packet;

import io.parley.socketio.SocketIoException;
import io.parley.websocket.Excerpt;
import java.nio.ByteBuffer;

/** The peer sent what breaks the protocol. The connection cannot go on. */
public final class PacketException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    /** Says what came and what was expected. What the peer wrote goes into {@link #in}, which escapes it. */
    public PacketException(String message) {
        super(message);
    }

    /** Says what is wrong with a text, and how it begins: with its first 64 characters, escaped. */
    public static PacketException in(String text, String problem) {
        return new PacketException(problem + " in \"" + excerpt(text) + '"');
    }

    /** Says what is wrong with a binary message, and how it begins: with its first 64 bytes, escaped. */
    public static PacketException in(ByteBuffer bytes, String problem) {
        return new PacketException(problem + " in \"" + Excerpt.of(bytes) + '"');
    }

    /** The beginning of a text that came from the peer: its first 64 characters, escaped. */
    public static String excerpt(String text) {
        return Excerpt.of(text);
    }

    /** A character in single quotes. */
    static String quoted(char c) {
        return "'" + Excerpt.of(String.valueOf(c)) + '\'';
    }
}
