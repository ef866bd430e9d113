package io.parley.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.chat.domain.ChatException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @ParameterizedTest
    @CsvSource({
        "Ada,ADA",
        "straße,STRASSE",
        "Zoë,Zoe\u0308",
        "Ada,Ａｄａ",
        "Ada,Аdа", // with Cyrillic A and a
        "Kopa,Кора", // all Cyrillic
        "Nikos,Νικοs", // Greek but for the last
        "Ada,A\u200dda",
        "Ada,Ada\ufe0f",
        "İstanbul,i\u0307stanbul",
    })
    void givenNamesThatLookTheSame_whenCompared_thenTheirKeysAreEqual(String one, String other) {
        assertThat(Name.key(one)).isEqualTo(Name.key(other));
    }

    @ParameterizedTest
    @CsvSource({"Ada,Adam", "Юля,Юрий", "a b,ab", "李,王"})
    void givenDifferentNames_whenCompared_thenTheirKeysDiffer(String one, String other) {
        assertThat(Name.key(one)).isNotEqualTo(Name.key(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "Ünïcode Ñame", "李小龍", "محمد", "👩‍💻 dev", "O'Neill-Smith", "नमस्ते"})
    void givenAnOrdinaryName_whenTidied_thenItStaysAsItIs(String name) {
        assertThat(Name.ofPerson(name)).isEqualTo(name);
    }

    @Test
    void givenSpacesAround_whenTidied_thenTheyAreGoneAndInnerOnesAreSingle() {
        assertThat(Name.ofPerson("  Ada \u00a0 Lovelace ")).isEqualTo("Ada Lovelace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u200d", "\u200c\ufe0f"})
    void givenNothingVisible_whenTidied_thenItIsRefused(String name) {
        assertThatThrownBy(() -> Name.ofPerson(name))
                .isInstanceOf(ChatException.class)
                .hasMessage("The name is empty: write 1 to 32 characters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u0000b", "a\nb", "a\u202eb", "a\u2066b", "a\u200bb", "\u3164", "a\ud800", "a\ue000", "\u2800"
            })
    void givenInvisibleOrControlCharacters_whenTidied_thenItIsRefused(String name) {
        assertThatThrownBy(() -> Name.ofPerson(name))
                .isInstanceOf(ChatException.class)
                .hasMessage("The name has invisible or control characters: leave them out.");
    }

    @Test
    void givenThirtyTwoCodePoints_whenTidied_thenOneMoreIsTooMany() {
        String longest = "😀".repeat(32);

        assertThat(Name.ofPerson(longest)).isEqualTo(longest);
        assertThatThrownBy(() -> Name.ofPerson(longest + "a"))
                .hasMessage("The name is too long: write at most 32 characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest-ab12", "GUEST-1", "ｇuest-x", "gueѕt-x"})
    void givenAGuestsName_whenTakenByAPerson_thenItIsRefused(String name) {
        assertThatThrownBy(() -> Name.ofPerson(name))
                .hasMessage("Names that begin with \"guest-\" are for guests: choose another.");
    }

    @Test
    void givenARoomName_whenTooLongOrEmpty_thenTheCodeSaysWhich() {
        assertThat(refusal("r".repeat(33)).code()).isEqualTo(Code.TOO_LONG);
        assertThat(refusal("r".repeat(1_000_000)).code()).isEqualTo(Code.TOO_LONG);
        assertThat(refusal(" ").code()).isEqualTo(Code.INVALID);
    }

    private static ChatException refusal(String roomName) {
        return catchThrowableOfType(ChatException.class, () -> Name.ofRoom(roomName));
    }
}
