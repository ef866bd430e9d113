package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "[1,-2,3000000000,1.5,true,false,null]",
                "{\"a\":{\"b\":[\"\\u2028\",\"\\\\\\\"\",\"ü\"]}}",
                "\"\\ud83d\\ude00\""
            })
    void givenJson_whenParsedAndWritten_thenItIsTheSame(String json) {
        assertThat(Json.write(Json.parse(json))).isEqualTo(json);
    }

    @Test
    void givenNumbers_whenParsed_thenTheSmallestTypeFits() {
        Map<String, ?> numbers = Json.parseObject(" { \"i\" : 1, \"l\": 3000000000, \"d\": 1e3 } ");

        assertThat(numbers).isEqualTo(Map.of("i", 1, "l", 3_000_000_000L, "d", 1000.0));
    }

    @Test
    void givenTextThatIsNotJson_whenParsed_thenTheErrorSaysWhere() {
        assertThatThrownBy(() -> Json.parse("[1,x]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON at 3 of [1,x] (expected: a JSON value)");
    }
}
