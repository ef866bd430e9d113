package io.parley.chat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.chat.domain.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final User ADA = new User("u1", "Ada \"the first\" 👩‍💻", false);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path key;
    private Sessions sessions;

    @BeforeEach
    void open() throws IOException {
        key = folder.resolve("session.key");
        sessions = at(START);
    }

    @Test
    void givenAToken_whenVerified_thenItIsWhoItWasIssuedTo() {
        assertThat(sessions.verify(sessions.issue(ADA))).contains(ADA);
    }

    @Test
    void givenAToken_whenTheServerStartsAgain_thenItIsStillGood() throws IOException {
        String token = sessions.issue(ADA);

        assertThat(at(START.plusSeconds(60)).verify(token)).contains(ADA);
    }

    @Test
    void givenAToken_whenItsTimeIsOver_thenItIsNoLongerGood() throws IOException {
        String token = sessions.issue(ADA);

        assertThat(at(START.plus(Duration.ofDays(30))).verify(token)).isEmpty();
    }

    @Test
    void givenATokenOfAnotherServer_whenVerified_thenItIsRefused() throws IOException {
        Sessions other = Sessions.with(folder.resolve("other.key"), Duration.ofDays(30), Clock.systemUTC());

        assertThat(sessions.verify(other.issue(ADA))).isEmpty();
    }

    @Test
    void givenAToken_whenOneCharacterChanges_thenItIsRefused() {
        String token = sessions.issue(ADA);

        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(sessions.verify(token.substring(0, i) + other + token.substring(i + 1)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MSIsIm5hbWUiOiJBZGEifQ.",
                "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
                "null"
            })
    void givenNoToken_whenVerified_thenItIsRefused(String token) {
        assertThat(sessions.verify(token)).isEmpty();
    }

    @Test
    void givenAHugeToken_whenVerified_thenItIsRefused() {
        assertThat(sessions.verify("a.b." + "c".repeat(1_000_000))).isEmpty();
    }

    @Test
    void givenANewKey_whenWritten_thenOnlyItsOwnerMayReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.size(key)).isEqualTo(32);
    }

    @Test
    void givenADamagedKey_whenOpened_thenItSaysWhatToDo() throws IOException {
        Files.write(key, new byte[3]);

        assertThatThrownBy(() -> at(START))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        key + ": 3 bytes (expected: 32); delete it to have a new one made, which ends all sessions");
    }

    private Sessions at(Instant time) throws IOException {
        return Sessions.with(key, Duration.ofDays(30), Clock.fixed(time, ZoneOffset.UTC));
    }
}
