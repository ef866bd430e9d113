package io.parley.load;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Payloads as permessage-deflate has them (RFC 7692 section 7.2), each for itself. */
final class Deflated {

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private Deflated() {}

    static byte[] deflate(byte[] payload) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(payload);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        int length;
        do {
            length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            out.write(part, 0, length);
        } while (length == part.length);
        deflater.end();
        byte[] deflated = new byte[out.size() - TAIL.length];
        System.arraycopy(out.toByteArray(), 0, deflated, 0, deflated.length);
        return deflated;
    }

    /**
     * The message that was compressed first on its connection.
     *
     * @param mostBytes it may have
     * @throws LoadException if these bytes are no such message
     */
    static byte[] inflate(byte[] deflated, int mostBytes) {
        Inflater inflater = new Inflater(true);
        byte[] input = new byte[deflated.length + TAIL.length];
        System.arraycopy(deflated, 0, input, 0, deflated.length);
        System.arraycopy(TAIL, 0, input, deflated.length, TAIL.length);
        inflater.setInput(input);
        try {
            return inflateAll(inflater, mostBytes);
        } catch (DataFormatException wrong) {
            throw new LoadException("The answer is not deflated: " + wrong.getMessage(), wrong);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflateAll(Inflater inflater, int mostBytes) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        int length;
        do {
            length = inflater.inflate(part);
            out.write(part, 0, length);
        } while (length > 0 && out.size() <= mostBytes);
        return out.toByteArray();
    }
}
