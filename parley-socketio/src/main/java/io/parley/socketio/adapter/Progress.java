package io.parley.socketio.adapter;

import org.jspecify.annotations.Nullable;

/**
 * How far a client was told what its session is about, by the offsets of the events.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param first the first event with an offset that was sent; null if none was, so that the client can know no offset of
 *     this session
 * @param last the last one that was sent; null if none was
 * @param unsent the first one that came when the connection was lost already; null if none did
 * @param replayed whether the session was restored before, and events were sent again then
 * @param claimed the offset that the client named when the session was restored; null if it named none
 * @param complete whether every event with an offset was sent; false after one was dropped because the client was slow
 */
public record Progress(
        @Nullable Offset first,
        @Nullable Offset last,
        @Nullable Offset unsent,
        boolean replayed,
        @Nullable String claimed,
        boolean complete) {

    /** Nothing was sent yet. */
    public static final Progress NONE = new Progress(null, null, null, false, null, true);
}
