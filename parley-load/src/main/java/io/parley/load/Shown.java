package io.parley.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What came from a server, as an error tells it: escaped, and cut. */
final class Shown {

    private static final int MAX_BYTES = 64;

    private Shown() {}

    /** Bytes that should be text. Borrowed: no index moves. */
    static String text(ByteBuf in, int index, int length) {
        byte[] bytes = new byte[Math.min(length, MAX_BYTES)];
        in.getBytes(index, bytes);
        return text(bytes) + (length > MAX_BYTES ? "... (" + length + " bytes)" : "");
    }

    /** All of a text that is not longer than a few words. */
    static String text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return bytes.length <= MAX_BYTES
                ? text(bytes)
                : text(Arrays.copyOf(bytes, MAX_BYTES)) + "... (" + bytes.length + " bytes)";
    }

    private static String text(byte[] bytes) {
        StringBuilder shown = new StringBuilder(bytes.length + 16).append('\'');
        for (byte next : bytes) {
            if (next >= ' ' && next < 0x7F && next != '\\') {
                shown.append((char) next);
            } else {
                shown.append(String.format("\\x%02x", next & 0xFF));
            }
        }
        return shown.append('\'').toString();
    }
}
