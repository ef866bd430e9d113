package io.parley.webtransport;

import io.netty.handler.codec.quic.Quic;
import java.util.Locale;

/** Whether this machine has what QUIC needs. */
final class Natives {

    private Natives() {}

    /**
     * Looks for the QUIC library.
     *
     * @throws IllegalStateException if it is missing: the message says which artifact to add
     */
    static void check() {
        if (!Quic.isAvailable()) {
            throw new IllegalStateException(message(platform()), Quic.unavailabilityCause());
        }
    }

    static String message(String platform) {
        return "WebTransport: no QUIC library for " + platform
                + " (expected: io.netty:netty-codec-native-quic with the classifier " + platform
                + " on the class path, in the version of io.netty:netty-codec-http3; there are linux-x86_64,"
                + " linux-aarch_64, osx-x86_64, osx-aarch_64 and windows-x86_64)";
    }

    /** This machine, as Netty's classifiers name it. */
    static String platform() {
        return platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static String platform(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "osx" : name.startsWith("win") ? "windows" : name.replace(" ", "");
        return system + "-" + architecture(osArch);
    }

    private static String architecture(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> osArch;
        };
    }
}
