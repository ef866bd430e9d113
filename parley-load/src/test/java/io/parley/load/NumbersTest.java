package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 0x9AF0, 0x12345678, 0x7FFFFFFF, 0x89ABCDEF, -1})
    void givenANumber_whenWrittenAndRead_thenItIsTheSame(int number) {
        long digits = Numbers.digits(number);

        assertThat(new String(ByteBuffer.allocate(8).putLong(digits).array(), US_ASCII))
                .isEqualTo(String.format("%08x", number));
        assertThat(Numbers.of(digits)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000g",
                "0000000 ",
                "ABCDEF01",
                "@0000000",
                "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void givenOtherCharacters_whenRead_thenTheNumberHasOtherDigits(String text) {
        long digits = ByteBuffer.wrap(text.getBytes(US_ASCII)).getLong();

        assertThat(Numbers.digits(Numbers.of(digits))).isNotEqualTo(digits);
    }
}
