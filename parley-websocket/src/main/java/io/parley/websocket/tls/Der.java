package io.parley.websocket.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * As much of DER as it takes to put an old form of a private key into PKCS #8 (RFC 5958), which is the one that the
 * JDK reads.
 */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xa0; // [0] of an ECPrivateKey (RFC 5915)

    private static final byte[] VERSION_0 = {0x02, 1, 0};

    /** rsaEncryption, 1.2.840.113549.1.1.1, and its parameters: null. */
    private static final byte[] RSA = {0x06, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 0x05, 0};

    /** id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 7, 42, (byte) 0x86, 72, (byte) 0xce, 61, 2, 1};

    private Der() {}

    /** PKCS #8 of an RSA key in PKCS #1 (RFC 8017 appendix A.1.2). */
    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, RSA), element(OCTET_STRING, pkcs1));
    }

    /**
     * PKCS #8 of an ECPrivateKey (RFC 5915); null when it does not name its curve.
     *
     * @throws BufferUnderflowException if it is cut off
     */
    static byte @Nullable [] pkcs8OfEc(byte[] ecPrivateKey) {
        byte[] curve = curveOf(ecPrivateKey);
        return curve == null
                ? null
                : element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curve), element(OCTET_STRING, ecPrivateKey));
    }

    private static byte @Nullable [] curveOf(byte[] ecPrivateKey) {
        ByteBuffer in = ByteBuffer.wrap(ecPrivateKey);
        in.get();
        readLength(in);
        while (in.hasRemaining()) {
            int tag = in.get() & 0xff;
            byte[] content = new byte[readLength(in)];
            in.get(content);
            if (tag == PARAMETERS) {
                return content;
            }
        }
        return null;
    }

    private static int readLength(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (in.get() & 0xff);
        }
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82); // a key is shorter than 64 KiB
            out.write(length >> 8);
            out.write(length);
        }
    }
}
