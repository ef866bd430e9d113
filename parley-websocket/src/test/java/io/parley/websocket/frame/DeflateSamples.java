package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Random messages for compression, some of which gain by it, deflated in random ways. */
final class DeflateSamples {

    private DeflateSamples() {}

    /** Noise, or text with repetitions near and far. */
    static byte[] message(Generator random, int mostBytes) {
        if (random.integer(0, 3) == 0) {
            return random.bytes(random.length(mostBytes));
        }
        int length = random.length(mostBytes);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (text.length() > 10 && random.bool()) {
                int from = random.integer(0, text.length() - 1);
                text.append(text, from, Math.min(text.length(), from + random.integer(3, 300)));
            } else {
                text.append(random.text(random.integer(1, 50)));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The payload, with the message cut into fragments and the buffers of all kinds. */
    static byte[] deflated(Generator random, MessageDeflater deflater, byte[] message) {
        ByteBuf out = random.bool() ? Unpooled.buffer(random.integer(0, 300)) : Unpooled.directBuffer(16);
        int at = 0;
        while (random.integer(0, 2) == 0) {
            int end = random.integer(at, message.length);
            deflater.deflate(buffer(random, message, at, end), false, out);
            at = end;
        }
        deflater.deflate(buffer(random, message, at, message.length), true, out);
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload).release();
        return payload;
    }

    private static ByteBuffer buffer(Generator random, byte[] message, int from, int to) {
        ByteBuffer heap = ByteBuffer.wrap(message, from, to - from);
        return switch (random.integer(0, 2)) {
            case 0 -> heap;
            case 1 -> heap.asReadOnlyBuffer();
            default -> ByteBuffer.allocateDirect(to - from).put(heap).flip();
        };
    }
}
