package io.parley.socketio.adapter;

/**
 * Hears which rooms come and go on this server, and who enters and leaves them; the room that every socket has by its
 * own id included.
 *
 * <p><b>Threading.</b> Called on handler threads, one call at a time, in the order in which it happened: so the truth
 * may be ahead of what is told. What a method throws is logged.
 */
public interface RoomListener {

    /** A room has its first member on this server ({@code create-room}). */
    default void onCreate(String room) {}

    /** A socket entered a room ({@code join-room}). */
    default void onJoin(String room, String socketId) {}

    /** A socket left a room, or was disconnected ({@code leave-room}). */
    default void onLeave(String room, String socketId) {}

    /** The last member on this server has left a room ({@code delete-room}). */
    default void onDelete(String room) {}
}
