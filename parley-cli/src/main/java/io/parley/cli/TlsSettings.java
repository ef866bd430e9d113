package io.parley.cli;

import io.parley.websocket.client.TlsOptions;
import io.parley.websocket.client.WebSocketBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a client trusts over TLS, and who it says that it is. */
final class TlsSettings {

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Trusts the certificates of this file, instead of what Java trusts.")
    private @Nullable Path authorities; // null unless given

    @Option(
            names = "--cert",
            paramLabel = "PEM",
            description = "Shows this certificate to a server that asks for one; needs --key.")
    private @Nullable Path certificate; // null unless given

    @Option(names = "--key", paramLabel = "PEM", description = "The private key of the certificate.")
    private @Nullable Path key; // null unless given

    @Option(
            names = "--pin",
            paramLabel = "PIN",
            description = "Wants this public key: 'sha256/' and its SHA-256 in base64, as for curl --pinnedpubkey.")
    private @Nullable String pin; // null unless given

    @Option(
            names = {"-k", "--insecure"},
            description = "Checks neither the server's certificate nor its name. Whoever is on the way can read all.")
    private boolean insecure;

    /**
     * Sets what was given.
     *
     * @throws IllegalArgumentException if a file of it cannot be used
     */
    void applyTo(WebSocketBuilder socket) {
        TlsOptions.Builder tls = TlsOptions.builder();
        if (authorities != null) {
            tls.trust(authorities);
        }
        if (certificate != null && key != null) {
            tls.certificate(certificate, key);
        } else if (certificate != null || key != null) {
            throw new IllegalArgumentException("--cert and --key (expected: both of them, or none)");
        }
        if (pin != null) {
            tls.pin(pin);
        }
        if (insecure) {
            tls.insecure();
        }
        socket.tls(tls.build());
    }
}
