package io.parley.websocket.client;

/** As what {@link MessageEvent#data} gives binary messages: the counterpart of the browser's {@code binaryType}. */
public enum BinaryType {
    /** A {@code byte[]}: the counterpart of {@code "arraybuffer"}. */
    BYTE_ARRAY,
    /** A read-only {@link java.nio.ByteBuffer}. */
    BYTE_BUFFER
}
