package io.parley.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlsTest {

    @Test
    void givenWhatWouldSteerATerminal_whenShown_thenItIsVisibleAndDoesNothing() {
        assertThat(Controls.visible("\u001b[2J\u0007\r\u009b5n\u007f")).isEqualTo("␛[2J␇␍\ufffd5n\ufffd");
    }

    @Test
    void givenOrdinaryText_whenShown_thenItIsAsItWas() {
        assertThat(Controls.visible("a\tb\nZoë 👋")).isEqualTo("a\tb\nZoë 👋");
    }
}
