package io.parley.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @Test
    void givenControlCharacters_whenTidied_thenOnlyLineBreaksAndTabsStay() {
        assertThat(Text.tidy(" a\u0000\u0007b\r\n\tc\u009b \n")).isEqualTo(" ab\n\tc");
    }

    @Test
    void givenHalfASurrogatePair_whenTidied_thenItIsReplaced() {
        assertThat(Text.tidy("a\ud83db")).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u0000"})
    void givenNothingToSay_whenTidied_thenItIsRefused(String text) {
        assertThatThrownBy(() -> Text.tidy(text)).hasMessage("The message is empty: write something.");
    }

    @Test
    void givenTheLongestText_whenTidied_thenOneMoreIsTooMany() {
        String longest = "😀".repeat(4000);

        assertThat(Text.tidy(longest)).isEqualTo(longest);
        assertThatThrownBy(() -> Text.tidy(longest + "!"))
                .hasMessage("The message is 4001 characters long: send at most 4000 at a time.");
    }
}
