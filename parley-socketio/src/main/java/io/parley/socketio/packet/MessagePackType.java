package io.parley.socketio.packet;

/** What a MessagePack value is, in the dialect of the official parser. */
enum MessagePackType {
    NIL,
    UNDEFINED,
    BOOLEAN,
    INTEGER,
    FLOAT,
    STRING,
    BINARY,
    DATE,
    EXTENSION,
    ARRAY,
    MAP
}
