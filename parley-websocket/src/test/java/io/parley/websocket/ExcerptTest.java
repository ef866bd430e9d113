package io.parley.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void givenATextWithControlsAndOtherLetters_whenShown_thenTheyAreEscaped() {
        assertThat(Excerpt.of("a\n\u001b[31m\u20ac\u007f")).isEqualTo("a\\u000a\\u001b[31m\\u20ac\\u007f");
    }

    @Test
    void givenBytes_whenShown_thenThoseThatAreNotPrintableAreEscapedAndThePositionStays() {
        ByteBuffer bytes =
                ByteBuffer.wrap(new byte[] {0, 'a', (byte) 0xff, '\n'}).position(1);

        assertThat(Excerpt.of(bytes)).isEqualTo("a\\xff\\x0a");
        assertThat(bytes.position()).isOne();
    }

    @Test
    void givenMoreThanFits_whenShown_thenOnlyTheBeginningIsThere() {
        assertThat(Excerpt.of("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(Excerpt.of("x".repeat(65))).isEqualTo("x".repeat(64) + "…");
        assertThat(Excerpt.of(ByteBuffer.wrap("x".repeat(65).getBytes(US_ASCII))))
                .isEqualTo("x".repeat(64) + "…");
    }
}
