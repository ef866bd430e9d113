package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message that is handed over in parts, as they arrive.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
final class PartedMessage implements IncomingMessage {

    private final boolean text;
    private final @Nullable Utf8Validator validator; // null for a binary message
    private long handedOver; // bytes

    PartedMessage(boolean text) {
        this.text = text;
        validator = text ? new Utf8Validator() : null;
    }

    @Override
    public void beginFrame(long length, boolean last) {
        // of any length
    }

    @Override
    public boolean append(ByteBuf in, int count, int mask, FrameListener listener) {
        byte[] part = new byte[count];
        in.readBytes(part);
        Masking.apply(part, 0, count, mask);
        handOver(part, count, listener);
        return true;
    }

    @Override
    public boolean append(byte[] bytes, int from, int count, FrameListener listener) {
        handOver(Arrays.copyOfRange(bytes, from, from + count), count, listener);
        return true;
    }

    private void handOver(byte[] part, int count, FrameListener listener) {
        if (validator != null) {
            Payload.check(validator, part, 0, count, handedOver);
        }
        handedOver += count;
        listener.onPart(text, ByteBuffer.wrap(part, 0, count), false);
    }

    @Override
    public void end(FrameListener listener) {
        if (validator != null) {
            Payload.checkEnd(validator);
        }
        listener.onPart(text, ByteBuffer.allocate(0), true);
    }
}
