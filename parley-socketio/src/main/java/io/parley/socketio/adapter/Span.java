package io.parley.socketio.adapter;

import io.parley.websocket.EventLoop;

/**
 * Sockets of one event loop, as they were when a broadcast was made.
 *
 * @param sockets shared with the room; nobody writes below {@code size} any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Span(EventLoop loop, LocalSocket[] sockets, int size) {}
