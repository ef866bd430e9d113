package io.parley.webtransport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.parley.websocket.server.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** A certificate that a browser takes by its hash: ECDSA P-256, and valid for less than 14 days. */
record TestCertificate(X509Bundle bundle) {

    static TestCertificate make() {
        Instant now = Instant.now();
        try {
            return new TestCertificate(new CertificateBuilder()
                    .subject("CN=webtransport")
                    .ecp256()
                    .setIsCertificateAuthority(true) // it signs itself
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(Duration.ofDays(9)))
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the files that a server reads. */
    TlsOptions writeTo(Path folder) {
        try {
            return TlsOptions.of(
                    Files.writeString(folder.resolve("chain.pem"), bundle.getCertificatePathPEM()),
                    Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the certificate, in hex digits. */
    String hash() {
        try {
            byte[] der = bundle.getCertificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
