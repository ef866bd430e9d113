package io.parley.socketio.server;

import io.parley.websocket.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The ways to compress an answer that the JDK has, and none (RFC 9110 section 8.4.1). */
enum ContentCoding {
    GZIP,
    DEFLATE,
    IDENTITY;

    /** What the client likes best: by its weights, then in its order (RFC 9110 section 12.5.3). */
    static ContentCoding preferred(HttpHeaders headers) {
        String accepted = String.join(",", headers.all("Accept-Encoding"));
        ContentCoding best = IDENTITY;
        double bestWeight = 0;
        for (String element : accepted.split(",", -1)) {
            ContentCoding coding = named(element);
            double weight = coding == IDENTITY ? 0 : weight(element);
            if (weight > bestWeight) {
                best = coding;
                bestWeight = weight;
            }
        }
        return best;
    }

    private static ContentCoding named(String element) {
        int semicolon = element.indexOf(';');
        String name = semicolon < 0 ? element : element.substring(0, semicolon);
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "gzip", "*" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> IDENTITY;
        };
    }

    private static double weight(String element) {
        int equals = element.indexOf('=');
        if (equals < 0) {
            return 1;
        }
        try {
            return Double.parseDouble(element.substring(equals + 1).trim());
        } catch (NumberFormatException expected) { // no weight that could be obeyed
            return 0;
        }
    }

    /** The name in {@code Content-Encoding}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The compressed form. */
    byte[] encode(byte[] bytes) {
        if (this == IDENTITY) {
            return bytes;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(bytes.length / 3);
        try (OutputStream compressor =
                this == GZIP ? new GZIPOutputStream(encoded) : new DeflaterOutputStream(encoded)) {
            compressor.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }
}
