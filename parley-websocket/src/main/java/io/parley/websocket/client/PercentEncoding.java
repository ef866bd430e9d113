package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding as URLs have it (WHATWG URL section 1.3). */
final class PercentEncoding {

    /** Beside control characters and what is not ASCII: what a path must not contain as it is. */
    static final String PATH = " \"#<>?^`{}";

    /** The same for the query of a URL of the web. */
    static final String QUERY = " \"#<>'";

    /** The same for a user's name or password. */
    static final String USER_INFO = PATH + "/:;=@[\\]|";

    private PercentEncoding() {}

    /** The text with each byte encoded of a character that is a control, not ASCII, or one of {@code unsafe}. */
    static String encode(String text, String unsafe) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(UTF_8)) {
            if (b < ' ' || b == 0x7f || unsafe.indexOf(b) >= 0) { // bytes beyond ASCII are negative
                encoded.append(String.format("%%%02X", b & 0xff));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    /** The text that was encoded; a percent sign without two hexadecimal digits stands for itself. */
    static String decode(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
            decoded.write(value < 0 ? bytes[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return decoded.toString(UTF_8);
    }

    private static int hex(byte high, byte low) {
        int first = Character.digit((char) high, 16);
        int second = Character.digit((char) low, 16);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }
}
