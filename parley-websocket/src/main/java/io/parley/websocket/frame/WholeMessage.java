package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.parley.websocket.CloseCode;

/**
 * A message that is handed over when all of it is there.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
final class WholeMessage implements IncomingMessage {

    private final boolean text;
    private final int maxBytes;
    private final Payload payload;

    WholeMessage(boolean text, int maxBytes) {
        this.text = text;
        this.maxBytes = maxBytes;
        payload = new Payload(text);
    }

    @Override
    public void beginFrame(long length, boolean last) {
        if (length > maxBytes - payload.length()) {
            throw tooBig(maxBytes);
        }
        if (last) {
            payload.endsAt(payload.length() + (int) length);
        } else {
            payload.limit(maxBytes);
        }
    }

    @Override
    public boolean append(ByteBuf in, int count, int mask, FrameListener listener) {
        payload.append(in, count, mask);
        return false;
    }

    @Override
    public void beginInflatedFrame() {
        payload.limit(maxBytes);
    }

    @Override
    public boolean append(byte[] bytes, int from, int count, FrameListener listener) {
        if (count > maxBytes - payload.length()) {
            throw tooBig(maxBytes);
        }
        payload.append(bytes, from, count);
        return false;
    }

    @Override
    public void end(FrameListener listener) {
        if (text) {
            listener.onText(payload.text());
        } else {
            listener.onBinary(payload.bytes());
        }
    }

    private static FrameException tooBig(int maxBytes) {
        return new FrameException(
                CloseCode.MESSAGE_TOO_BIG, "Message too big (expected: at most " + maxBytes + " bytes)");
    }
}
