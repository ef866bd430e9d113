package io.parley.websocket.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of PEM blocks (RFC 7468).
 *
 * <p><b>Threading.</b> Immutable.
 */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final Path path;
    private final List<Block> blocks;

    private PemFile(Path path, List<Block> blocks) {
        this.path = path;
        this.blocks = blocks;
    }

    /** What stands between a begin and its end. */
    record Block(String label, String text) {

        /**
         * The bytes.
         *
         * @throws IllegalArgumentException if it is not base64
         */
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(text);
        }
    }

    /**
     * Reads a file.
     *
     * @param what the file is for, in a message
     * @throws IllegalArgumentException if it cannot be read
     */
    static PemFile read(Path path, String what) {
        try {
            String text = Files.readString(path, ISO_8859_1);
            List<Block> blocks = new ArrayList<>();
            for (Matcher found = BLOCK.matcher(text); found.find(); ) {
                blocks.add(new Block(found.group(1), found.group(2)));
            }
            return new PemFile(path, blocks);
        } catch (IOException failed) {
            throw unreadable(path, what, failed);
        }
    }

    static IllegalArgumentException unreadable(Path path, String what, IOException failed) {
        String problem = failed instanceof NoSuchFileException ? "there is no such file" : "it cannot be read";
        return new IllegalArgumentException(
                "TLS: " + what + " " + path + ": " + problem + " (expected: a file that this user may read)", failed);
    }

    List<Block> blocks() {
        return blocks;
    }

    /**
     * The certificates, in the order of the file.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be read
     */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label.endsWith("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "TLS: " + path + " holds no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    private X509Certificate certificate(Block block) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    "TLS: " + path + " holds a certificate that cannot be read (expected: X.509 in PEM)", broken);
        }
    }
}
