package io.parley.websocket.tls;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificates that vouch for it, and how they are read. What cannot be used fails with an
 * {@link IllegalArgumentException} that says which file, what is wrong with it and what was expected.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param chain the certificate of the key first, then those of its issuers; not empty
 */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] PROBE = {'p', 'a', 'r', 'l', 'e', 'y'};

    /** Takes a copy of the list. */
    public KeyMaterial {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files.
     *
     * @param chain certificates, that of the key first
     * @param key PKCS #8, PKCS #1 or SEC 1; may be the same file
     * @param password of the key; null when it is not encrypted
     */
    public static KeyMaterial fromPem(Path chain, Path key, @Nullable String password) {
        List<X509Certificate> certificates = PemFile.read(chain, "certificate").certificates();
        KeyMaterial material = new KeyMaterial(PrivateKeyFile.read(key, password), certificates);
        if (!material.fits()) {
            throw new IllegalArgumentException("TLS: the key in " + key + " is not that of the first certificate in "
                    + chain + ", " + certificates.get(0).getSubjectX500Principal() + " (expected: a pair)");
        }
        return material;
    }

    /** Reads the one key of a key store, PKCS #12 or JKS, and its certificates. The key has the store's password. */
    public static KeyMaterial fromKeyStore(Path file, String password) {
        KeyStore store = open(file, password);
        try {
            String alias = onlyKey(store, file);
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : store.getCertificateChain(alias)) {
                chain.add((X509Certificate) certificate);
            }
            return new KeyMaterial((PrivateKey) store.getKey(alias, password.toCharArray()), chain);
        } catch (GeneralSecurityException failed) {
            throw new IllegalArgumentException(
                    "TLS: the key in " + file + " does not open (expected: the password of the key store)", failed);
        }
    }

    /** Reads the certificates of a PEM file, those to be trusted. */
    public static List<X509Certificate> trustFromPem(Path file) {
        return PemFile.read(file, "trust").certificates();
    }

    /** Reads the certificates of a key store, PKCS #12 or JKS: those to be trusted. */
    public static List<X509Certificate> trustFromKeyStore(Path file, String password) {
        KeyStore store = open(file, password);
        try {
            List<X509Certificate> trusted = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    trusted.add((X509Certificate) store.getCertificate(alias));
                }
            }
            if (trusted.isEmpty()) {
                throw new IllegalArgumentException(
                        "TLS: " + file + " holds no trusted certificate (expected: one or more)");
            }
            return trusted;
        } catch (KeyStoreException impossible) { // it is loaded
            throw new AssertionError(impossible);
        }
    }

    private static KeyStore open(Path path, String password) {
        File file = path.toFile();
        try {
            if (!Files.isRegularFile(path)) {
                throw new NoSuchFileException(path.toString());
            }
            return KeyStore.getInstance(file, password.toCharArray());
        } catch (IOException failed) {
            if (failed.getCause() instanceof UnrecoverableKeyException) {
                throw new IllegalArgumentException(
                        "TLS: key store " + path + " does not open with its password (expected: the one that it was"
                                + " written with)",
                        failed);
            }
            throw PemFile.unreadable(path, "key store", failed);
        } catch (GeneralSecurityException unknown) {
            throw new IllegalArgumentException(
                    "TLS: " + path + " is no key store that this JDK reads (expected: PKCS #12 or JKS)", unknown);
        }
    }

    private static String onlyKey(KeyStore store, Path file) throws KeyStoreException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new IllegalArgumentException(
                    "TLS: key store " + file + " holds " + keys.size() + " keys " + keys + " (expected: 1)");
        }
        return keys.get(0);
    }

    /** Whether what the key signs is confirmed by the certificate. */
    private boolean fits() {
        PublicKey certified = chain.get(0).getPublicKey();
        try {
            Signature signing = signature(key.getAlgorithm());
            signing.initSign(key);
            signing.update(PROBE);
            Signature checking = signature(certified.getAlgorithm());
            checking.initVerify(certified);
            checking.update(PROBE);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException different) { // another algorithm, curve or length
            return false;
        }
    }

    private static Signature signature(String keyAlgorithm) throws GeneralSecurityException {
        if (keyAlgorithm.equals("RSASSA-PSS")) {
            Signature pss = Signature.getInstance(keyAlgorithm);
            pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return pss;
        }
        boolean edwards = keyAlgorithm.startsWith("Ed");
        return Signature.getInstance(
                edwards ? "EdDSA" : "SHA256with" + (keyAlgorithm.equals("EC") ? "ECDSA" : keyAlgorithm));
    }
}
