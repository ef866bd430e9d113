package io.parley.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch_64",
        "Mac OS X, aarch64, osx-aarch_64",
        "Windows 11, amd64, windows-x86_64",
        "Linux, riscv64, linux-riscv64",
    })
    void givenAMachine_whenNamed_thenAsNettysClassifiersNameIt(String name, String arch, String platform) {
        assertThat(Natives.platform(name, arch)).isEqualTo(platform);
    }

    @Test
    void givenNoLibrary_whenTold_thenTheMessageNamesTheArtifact() {
        assertThat(Natives.message("linux-riscv64"))
                .isEqualTo("WebTransport: no QUIC library for linux-riscv64 (expected:"
                        + " io.netty:netty-codec-native-quic with the classifier linux-riscv64 on the class path, in the"
                        + " version of io.netty:netty-codec-http3; there are linux-x86_64, linux-aarch_64, osx-x86_64,"
                        + " osx-aarch_64 and windows-x86_64)");
    }
}
