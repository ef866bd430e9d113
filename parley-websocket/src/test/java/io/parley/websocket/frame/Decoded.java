package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.websocket.ConnectionOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decoder has handed over, in words: {@code TEXT hello}, {@code BINARY 00ff}, {@code CLOSE 1000 bye}. */
class Decoded implements FrameListener {

    final List<String> events = new ArrayList<>();

    private final FrameDecoder decoder;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream(); // of the message under way
    private boolean ended;

    Decoded(Role role, int maxMessageBytes) {
        this(role, ConnectionOptions.builder().maxMessageBytes(maxMessageBytes).build());
    }

    Decoded(Role role, ConnectionOptions options) {
        this(role, options, null);
    }

    Decoded(Role role, ConnectionOptions options, @Nullable DeflateParameters deflate) {
        decoder = new FrameDecoder(role, options, deflate);
    }

    /** Decodes these bytes, until the end of what may be decoded. */
    Decoded feed(byte[] bytes, int from, int to) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes, from, to - from);
        try {
            while (!ended && decoder.decode(in, this)) {}
        } catch (FrameException mistake) {
            ended = true;
            FrameEncoder.closePayload(mistake.closeCode(), mistake.reason()); // it fits into a close frame
            add("FAIL", mistake.closeCode() + " " + mistake.getMessage());
        }
        in.release();
        return this;
    }

    Decoded feed(byte[] bytes) {
        return feed(bytes, 0, bytes.length);
    }

    Decoded feedByteByByte(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            feed(bytes, i, i + 1);
        }
        return this;
    }

    @Override
    public void onText(String text) {
        add("TEXT", text);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        add("BINARY", hex(bytes));
    }

    @Override
    public void onPart(boolean text, ByteBuffer bytes, boolean last) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        parts.writeBytes(copy);
        if (last) {
            byte[] whole = parts.toByteArray();
            parts.reset();
            add(text ? "TEXT" : "BINARY", text ? new String(whole, UTF_8) : hex(ByteBuffer.wrap(whole)));
        }
    }

    @Override
    public void onPing(ByteBuffer payload) {
        add("PING", hex(payload));
    }

    @Override
    public void onPong(ByteBuffer payload) {
        add("PONG", hex(payload));
    }

    @Override
    public void onClose(int code, String reason) {
        ended = true;
        add("CLOSE", (code + " " + reason).strip());
    }

    @Override
    public String toString() {
        return String.join(", ", events);
    }

    private void add(String what, String detail) {
        events.add(detail.isEmpty() ? what : what + " " + detail);
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
