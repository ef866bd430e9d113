package io.parley.websocket.tls;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads a private key in PEM: PKCS #8, plain or encrypted, PKCS #1 (RSA) or SEC 1 (elliptic curve). */
final class PrivateKeyFile {

    private static final String EXPECTED = " (expected: PEM with a private key: PKCS #8, PKCS #1 or SEC 1)";
    private static final String PBES2 = "1.2.840.113549.1.5.13"; // how older JDKs call it
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final Path path;
    private final @Nullable String password; // null when none was given

    private PrivateKeyFile(Path path, @Nullable String password) {
        this.path = path;
        this.password = password;
    }

    /**
     * The first key in a file.
     *
     * @param password of an encrypted one; not looked at when the key is plain
     * @throws IllegalArgumentException if there is none that can be read
     */
    static PrivateKey read(Path path, @Nullable String password) {
        return new PrivateKeyFile(path, password).read();
    }

    private PrivateKey read() {
        PemFile.Block block = PemFile.read(path, "key").blocks().stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("TLS: " + path + " holds no key" + EXPECTED));
        if (block.text().contains("ENCRYPTED")) { // Proc-Type: 4,ENCRYPTED (RFC 1421)
            throw new IllegalArgumentException("TLS: the key in " + path
                    + " is encrypted in the old way (expected: PKCS #8; openssl pkcs8 -topk8 converts it)");
        }
        return parse(pkcs8(block));
    }

    private byte[] pkcs8(PemFile.Block block) {
        byte[] bytes = bytes(block);
        return switch (block.label()) {
            case "PRIVATE KEY" -> bytes;
            case "ENCRYPTED PRIVATE KEY" -> decrypt(bytes);
            case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(bytes);
            case "EC PRIVATE KEY" -> pkcs8OfEc(bytes);
            default -> throw unreadable(null);
        };
    }

    private byte[] bytes(PemFile.Block block) {
        try {
            return block.bytes();
        } catch (IllegalArgumentException broken) {
            throw unreadable(broken);
        }
    }

    private byte[] pkcs8OfEc(byte[] key) {
        try {
            byte[] pkcs8 = Der.pkcs8OfEc(key);
            if (pkcs8 == null) {
                throw unreadable(null);
            }
            return pkcs8;
        } catch (BufferUnderflowException broken) {
            throw unreadable(broken);
        }
    }

    private byte[] decrypt(byte[] encrypted) {
        if (password == null) {
            throw new IllegalArgumentException(
                    "TLS: the key in " + path + " is encrypted (expected: its password beside it)");
        }
        EncryptedPrivateKeyInfo info = encryptedKey(encrypted);
        PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
        try {
            String scheme = schemeOf(info);
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(secret),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (NoSuchAlgorithmException unknown) {
            throw new IllegalArgumentException(
                    "TLS: the key in " + path + " is encrypted in a way that this JDK does not know (expected: PBES2"
                            + " with AES; openssl pkcs8 -topk8 -v2 aes256 converts it)",
                    unknown);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException(
                    "TLS: the key in " + path + " does not open with its password (expected: the one that it was"
                            + " encrypted with)",
                    wrong);
        } finally {
            secret.clearPassword();
        }
    }

    private EncryptedPrivateKeyInfo encryptedKey(byte[] encrypted) {
        try {
            return new EncryptedPrivateKeyInfo(encrypted);
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    /** For PBES2 the name of the scheme is hidden in the parameters. */
    private static String schemeOf(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return name.equals("PBES2") || name.equals(PBES2) ? String.valueOf(info.getAlgParameters()) : name;
    }

    private PrivateKey parse(byte[] pkcs8) {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException expected) {
                // It is a key of another algorithm.
            } catch (NoSuchAlgorithmException impossible) { // every JDK from 17 on has these
                throw new AssertionError(impossible);
            }
        }
        throw unreadable(null);
    }

    private IllegalArgumentException unreadable(@Nullable Exception cause) {
        return new IllegalArgumentException("TLS: the key in " + path + " cannot be read" + EXPECTED, cause);
    }
}
