package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "a=1&b=2&a=3, a, 1, 3",
                "a=1&b=2&a=3, b, 2, 2",
                "a=1, ab, none, none",
                "ab=1, a, none, none",
                "a&b=2, a, '', ''",
                "&a=1&&, a, 1, 1",
                "%61=x%20y, a, x y, x y",
                "%61b=1, ab, 1, 1",
                "a+b=1%2, a b, 1%2, 1%2",
                "a+b=1, a+b, none, none",
                "a%zz=1, a%zz, 1, 1",
                "'', a, none, none"
            })
    void givenAQuery_whenAskedForAName_thenTheFirstAndTheLastAreFound(
            String query, String name, String first, String last) {
        assertThat(QueryString.first(query, name).orElse(null)).isEqualTo(first);
        assertThat(QueryString.parse(query).get(name)).isEqualTo(last);
    }
}
