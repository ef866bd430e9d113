package io.parley.websocket.server;

import io.parley.websocket.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The ways to compress an answer that the JDK has, and none (RFC 9110 section 8.4.1). */
public enum ContentCoding {
    /** {@code gzip}. */
    GZIP,
    /** {@code deflate}: the zlib format. */
    DEFLATE,
    /** As it is. */
    IDENTITY;

    private static final int DEFAULT_LEVEL = 6;

    /**
     * What the client likes best of what compresses: by its weights, then what it names before {@code *}, then in its
     * order (RFC 9110 section 12.5.3); {@link #IDENTITY} when it takes neither.
     */
    public static ContentCoding preferred(HttpHeaders headers) {
        String accepted = String.join(",", headers.all("Accept-Encoding"));
        if (accepted.isEmpty()) {
            return IDENTITY;
        }
        List<String> elements = List.of(accepted.split(",", -1));
        Wish gzip = Wish.of(GZIP, elements);
        Wish deflate = Wish.of(DEFLATE, elements);
        Wish best = deflate.isStrongerThan(gzip) ? deflate : gzip;
        return best.weight > 0 ? best.coding : IDENTITY;
    }

    /** The name in {@code Content-Encoding}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The form of the content in this coding, made on the calling thread. */
    public byte[] encode(byte[] bytes) {
        return encode(bytes, DEFAULT_LEVEL);
    }

    /**
     * The form of the content in this coding, made on the calling thread.
     *
     * @param level how hard to try, 1 (fast) to 9 (small)
     */
    public byte[] encode(byte[] bytes, int level) {
        if (this == IDENTITY) {
            return bytes;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(Math.max(32, bytes.length / 3));
        try (OutputStream compressor = this == GZIP ? new Gzip(encoded, level) : new Zlib(encoded, level)) {
            compressor.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private static final class Zlib extends DeflaterOutputStream {

        Zlib(OutputStream out, int level) {
            super(out);
            def.setLevel(level);
        }
    }

    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }

    /**
     * How gladly a client takes a coding.
     *
     * @param weight from 0, not at all, to 1
     * @param named whether the client names it, not only {@code *}
     * @param place in what the client says
     */
    private record Wish(ContentCoding coding, double weight, boolean named, int place) {

        static Wish of(ContentCoding coding, List<String> elements) {
            Wish best = new Wish(coding, 0, false, elements.size());
            for (int i = 0; i < elements.size(); i++) {
                String name = nameIn(elements.get(i));
                boolean named = name.equals(coding.wireName());
                if ((named && !best.named) || (name.equals("*") && best.place == elements.size())) {
                    best = new Wish(coding, weightIn(elements.get(i)), named, i);
                }
            }
            return best;
        }

        boolean isStrongerThan(Wish other) {
            if (weight != other.weight) {
                return weight > other.weight;
            }
            return named == other.named ? place < other.place : named;
        }

        private static String nameIn(String element) {
            int semicolon = element.indexOf(';');
            String name = semicolon < 0 ? element : element.substring(0, semicolon);
            return name.strip().toLowerCase(Locale.ROOT);
        }

        private static double weightIn(String element) {
            int equals = element.indexOf('=');
            if (equals < 0) {
                return 1;
            }
            try {
                return Double.parseDouble(element.substring(equals + 1).strip());
            } catch (NumberFormatException expected) { // no weight that could be obeyed
                return 0;
            }
        }
    }
}
