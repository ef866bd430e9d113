package io.parley.websocket.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an inflater has made of the payloads of compressed messages. */
final class Inflated implements AutoCloseable {

    private final MessageInflater inflater;

    Inflated(int windowBits, boolean contextTakeover) {
        inflater = new MessageInflater(windowBits, contextTakeover);
    }

    /** The message with that payload, which comes in pieces of at most this size. */
    byte[] inflate(byte[] payload, int pieceBytes) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        feed(payload, pieceBytes, message);
        return message.toByteArray();
    }

    /** The messages as texts, until one fails: then why. How much comes before depends on the pieces. */
    List<String> texts(List<byte[]> payloads, int pieceBytes) {
        List<String> texts = new ArrayList<>();
        for (byte[] payload : payloads) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            try {
                feed(payload, pieceBytes, message);
            } catch (FrameException mistake) {
                FrameEncoder.closePayload(mistake.closeCode(), mistake.reason()); // it fits into a close frame
                texts.add("FAIL " + mistake.closeCode() + " " + mistake.getMessage());
                return texts;
            }
            texts.add(message.toString(StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Override
    public void close() {
        inflater.close();
    }

    private void feed(byte[] payload, int pieceBytes, ByteArrayOutputStream message) {
        int at = 0;
        do {
            int count = Math.min(pieceBytes, payload.length - at);
            inflater.inflate(payload, at, count, at + count == payload.length, message::write);
            at += count;
        } while (at < payload.length);
    }
}
