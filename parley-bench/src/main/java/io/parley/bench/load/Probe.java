package io.parley.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Looks whether a server does what it is measured at, before it is: a wrong answer is not a fast one. */
public final class Probe {

    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int CONTROL = 0x08;

    private Probe() {}

    /**
     * Sends one message and compares what comes back.
     *
     * @throws IOException if the connection fails
     * @throws IllegalStateException if the answer is another message, or compressed where it should not be, or not
     *     where it should
     */
    public static void check(int port, String path, Messages messages) throws IOException {
        try (SocketChannel channel = Handshake.open(port, path, messages.areCompressed())) {
            for (ByteBuffer frame = messages.frames(0, 1); frame.hasRemaining(); ) {
                channel.write(frame);
            }
            byte[] answer = answer(new DataInputStream(Channels.newInputStream(channel)), messages);
            if (!Arrays.equals(answer, messages.payload(0))) {
                throw new IllegalStateException("Answer of " + answer.length + " bytes (expected: the message of "
                        + messages.payload(0).length + " bytes that was sent)");
            }
        }
    }

    private static byte[] answer(DataInputStream in, Messages messages) throws IOException {
        byte[] message = {};
        int first;
        boolean compressed = false;
        do {
            first = in.readUnsignedByte();
            byte[] payload = new byte[length(in)];
            in.readFully(payload);
            if ((first & CONTROL) == 0) {
                compressed |= (first & COMPRESSED) != 0;
                message = concat(message, payload);
            }
        } while ((first & FINAL) == 0 || (first & CONTROL) != 0);
        if (compressed != messages.areCompressed()) {
            throw new IllegalStateException("Answer compressed: " + compressed + " (expected: " + !compressed + ")");
        }
        return compressed ? Deflated.inflate(message) : message;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return length < 126 ? length : length == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong());
    }

    private static byte[] concat(byte[] some, byte[] more) {
        byte[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
