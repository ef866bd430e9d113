package io.parley.load;

import io.netty.buffer.ByteBuf;

/**
 * What carries the packets of an Engine.IO session.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
interface EngineTransport {

    /** Whose session it is. */
    interface Owner {

        /** A packet with its type, or an attachment; the buffer is borrowed. */
        void onPacket(boolean text, ByteBuf in, int index, int length);

        /** All that was read has been told. */
        void onBatchEnd();

        /** It is over, and nothing more is told. */
        void onFailure(LoadException failure);
    }

    /** Begins to connect. */
    void open();

    /** Sends a packet at once. */
    void send(String packet);

    /** Appends a message to what the next {@link #flush} sends. */
    void append(Encoded messages, int number);

    /** Sends what was appended. */
    void flush();

    /** Ends it; nothing more is told. */
    void close();
}
