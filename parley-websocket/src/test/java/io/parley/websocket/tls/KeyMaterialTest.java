package io.parley.websocket.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.parley.websocket.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading keys and certificates from files, right and wrong. */
class KeyMaterialTest {

    private static final Certificates AUTHORITY = Certificates.authority("authority");
    private static final Certificates.Signed EC = AUTHORITY.server();

    @TempDir
    Path folder;

    private Path chain;
    private Path key;

    @BeforeEach
    void write() {
        chain = EC.writeChain(folder.resolve("chain.pem"));
        key = EC.writeKey(folder.resolve("key.pem"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ecp256", "ecp384", "rsa2048", "ed25519", "ed448"})
    void givenAKeyInPkcs8_whenRead_thenItIsThat(Algorithm algorithm) {
        Certificates.Signed signed = AUTHORITY.server(algorithm);
        signed.writeChain(chain);
        signed.writeKey(key);

        KeyMaterial material = KeyMaterial.fromPem(chain, key, null);

        assertThat(material.key()).isEqualTo(signed.bundle().getKeyPair().getPrivate());
        assertThat(material.chain()).first().isEqualTo(signed.certificate());
    }

    @Test
    void givenAnRsaKeyInPkcs1_whenRead_thenItIsThat() throws IOException {
        Certificates.Signed signed = AUTHORITY.server(Algorithm.rsa2048);
        signed.writeChain(chain);
        Files.writeString(key, Certificates.pem("RSA PRIVATE KEY", withoutPkcs8(signed)));

        KeyMaterial material = KeyMaterial.fromPem(chain, key, null);

        assertThat(material.key()).isEqualTo(signed.bundle().getKeyPair().getPrivate());
    }

    @Test
    void givenAnEcKeyInSec1_whenRead_thenItIsThat() throws IOException {
        org.bouncycastle.asn1.sec.ECPrivateKey plain =
                org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(withoutPkcs8(EC));
        byte[] withCurve = new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, plain.getKey(), SECObjectIdentifiers.secp256r1)
                .getEncoded();
        String parameters = Certificates.pem("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded());
        Files.writeString(key, parameters + Certificates.pem("EC PRIVATE KEY", withCurve));

        KeyMaterial material = KeyMaterial.fromPem(chain, key, null);

        ECPrivateKey original = (ECPrivateKey) EC.bundle().getKeyPair().getPrivate();
        assertThat(((ECPrivateKey) material.key()).getS()).isEqualTo(original.getS());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA1AndAES_128", "PBEWithSHA1AndDESede"})
    void givenAnEncryptedKey_whenReadWithItsPassword_thenItIsThat(String scheme) throws Exception {
        Files.writeString(key, encrypted(scheme, "secret"));

        KeyMaterial material = KeyMaterial.fromPem(chain, key, "secret");

        assertThat(material.key()).isEqualTo(EC.bundle().getKeyPair().getPrivate());
    }

    @Test
    void givenAnEncryptedKey_whenReadWithoutItsPassword_thenSaysWhich() throws Exception {
        Files.writeString(key, encrypted("PBEWithHmacSHA256AndAES_256", "secret"));

        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, "wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: the key in " + key
                        + " does not open with its password (expected: the one that it was encrypted with)");
        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, null))
                .hasMessage("TLS: the key in " + key + " is encrypted (expected: its password beside it)");
    }

    @Test
    void givenAKeyEncryptedInTheOldWay_whenRead_thenSaysHowToConvertIt() throws IOException {
        Files.writeString(key, """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """);

        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, "secret"))
                .hasMessage("TLS: the key in " + key
                        + " is encrypted in the old way (expected: PKCS #8; openssl pkcs8 -topk8 converts it)");
    }

    @Test
    void givenAMissingFile_whenRead_thenSaysWhich() {
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> KeyMaterial.fromPem(missing, key, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: certificate " + missing
                        + ": there is no such file (expected: a file that this user may read)");
        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, missing, null))
                .hasMessage(
                        "TLS: key " + missing + ": there is no such file (expected: a file that this user may read)");
        assertThatThrownBy(() -> KeyMaterial.fromKeyStore(missing, "secret"))
                .hasMessage("TLS: key store " + missing
                        + ": there is no such file (expected: a file that this user may read)");
    }

    @Test
    void givenFilesInTheWrongOrder_whenRead_thenSaysWhatIsMissing() {
        assertThatThrownBy(() -> KeyMaterial.fromPem(key, chain, null))
                .hasMessage("TLS: " + key + " holds no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, chain, null))
                .hasMessage("TLS: " + chain
                        + " holds no key (expected: PEM with a private key: PKCS #8, PKCS #1 or SEC 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"})
    void givenAKeyThatIsNone_whenRead_thenSaysSo(String label) throws IOException {
        Files.writeString(key, Certificates.pem(label, new byte[] {0x30, 4, 2, 1, 0}));

        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: the key in " + key
                        + " cannot be read (expected: PEM with a private key: PKCS #8, PKCS #1 or SEC 1)");
    }

    @Test
    void givenABrokenCertificate_whenRead_thenSaysSo() throws IOException {
        Files.writeString(chain, Certificates.pem("CERTIFICATE", new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, null))
                .hasMessage("TLS: " + chain + " holds a certificate that cannot be read (expected: X.509 in PEM)");
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
    void givenTheKeyOfAnotherCertificate_whenRead_thenSaysWhichDoNotFit(Algorithm algorithm) {
        AUTHORITY.server(algorithm).writeKey(key);

        assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key, null))
                .hasMessage("TLS: the key in " + key + " is not that of the first certificate in " + chain
                        + ", CN=server (expected: a pair)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void givenAKeyStore_whenRead_thenItsKeyIsThere(String type) {
        Path store = EC.writeKeyStore(folder.resolve("store"), type, "secret");

        KeyMaterial material = KeyMaterial.fromKeyStore(store, "secret");

        assertThat(material.key()).isEqualTo(EC.bundle().getKeyPair().getPrivate());
        assertThat(material.chain()).first().isEqualTo(EC.certificate());
        assertThatThrownBy(() -> KeyMaterial.fromKeyStore(store, "wrong!"))
                .hasMessage("TLS: key store " + store
                        + " does not open with its password (expected: the one that it was written with)");
    }

    @Test
    void givenAFileThatIsNoKeyStore_whenRead_thenSaysSo() {
        assertThatThrownBy(() -> KeyMaterial.fromKeyStore(chain, "secret"))
                .hasMessage("TLS: " + chain + " is no key store that this JDK reads (expected: PKCS #12 or JKS)");
    }

    @Test
    void givenKeyStoresWithTheWrongContent_whenRead_thenSaysWhatIsMissing() throws Exception {
        Path trusting = AUTHORITY.writeTrustStore(folder.resolve("trust"), "secret");
        Path keyed = EC.writeKeyStore(folder.resolve("store"), "PKCS12", "secret");

        assertThatThrownBy(() -> KeyMaterial.fromKeyStore(trusting, "secret"))
                .hasMessage("TLS: key store " + trusting + " holds 0 keys [] (expected: 1)");
        assertThatThrownBy(() -> KeyMaterial.trustFromKeyStore(keyed, "secret"))
                .hasMessage("TLS: " + keyed + " holds no trusted certificate (expected: one or more)");
        assertThat(KeyMaterial.trustFromKeyStore(trusting, "secret")).hasSize(1);
        assertThat(KeyMaterial.trustFromPem(AUTHORITY.writeRoot(folder.resolve("root.pem"))))
                .hasSize(1);
    }

    private static byte[] withoutPkcs8(Certificates.Signed signed) throws IOException {
        byte[] pkcs8 = signed.bundle().getKeyPair().getPrivate().getEncoded();
        return PrivateKeyInfo.getInstance(pkcs8)
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
    }

    private static String encrypted(String scheme, String password) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance(scheme);
        PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(scheme).generateSecret(secret),
                new PBEParameterSpec(new byte[16], 1000, parameters(scheme)));
        byte[] key = cipher.doFinal(EC.bundle().getKeyPair().getPrivate().getEncoded());
        return Certificates.pem(
                "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(named(cipher.getParameters()), key).getEncoded());
    }

    /** By the name that files use: PBES2 says in its parameters which ciphers it is made of. */
    private static AlgorithmParameters named(AlgorithmParameters scheme) throws GeneralSecurityException, IOException {
        if (!scheme.getAlgorithm().contains("AES")) {
            return scheme;
        }
        AlgorithmParameters named = AlgorithmParameters.getInstance("PBES2");
        named.init(scheme.getEncoded());
        return named;
    }

    private static @Nullable AlgorithmParameterSpec parameters(String scheme) {
        return scheme.contains("AES") ? new IvParameterSpec(new byte[16]) : null;
    }
}
