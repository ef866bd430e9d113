package io.parley.socketio.packet;

import io.parley.socketio.SocketIoException;

/** The peer sent what breaks the protocol. The connection cannot go on. */
public final class PacketException extends SocketIoException {

    private static final long serialVersionUID = 1L;
    private static final int EXCERPT_CHARS = 64;

    /** Says what came and what was expected. */
    public PacketException(String message) {
        super(message);
    }

    /** Says what is wrong with a packet, and how the packet begins. */
    static PacketException in(String packet, String problem) {
        return new PacketException(problem + " in " + excerpt(packet));
    }

    private static String excerpt(String packet) {
        StringBuilder out = new StringBuilder(EXCERPT_CHARS + 8).append('"');
        int end = Math.min(packet.length(), EXCERPT_CHARS);
        for (int i = 0; i < end; i++) {
            appendEscaped(out, packet.charAt(i));
        }
        return out.append(end < packet.length() ? "…\"" : "\"").toString();
    }

    /** A character in single quotes. */
    static String quoted(char c) {
        StringBuilder out = new StringBuilder("'");
        appendEscaped(out, c);
        return out.append('\'').toString();
    }

    private static void appendEscaped(StringBuilder out, char c) {
        if (c >= ' ' && c < 0x7f) {
            out.append(c);
        } else {
            out.append(String.format("\\u%04x", (int) c));
        }
    }
}
