package io.parley.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    @Test
    void givenAGroup_whenNamed_thenAllOfItAreMeant() {
        List<Scenario> found = Scenarios.named(List.of("broadcast-64", "idle"));

        assertThat(found)
                .extracting(Scenario::name)
                .containsExactly("broadcast-64", "idle", "broadcast-64-deflate", "idle-deflate");
    }

    @Test
    void givenNoName_whenNamed_thenAllAreMeant() {
        assertThat(Scenarios.named(List.of())).isEqualTo(Scenarios.all());
    }

    @Test
    void givenAnUnknownName_whenNamed_thenItSaysWhatThereIs() {
        assertThatThrownBy(() -> Scenarios.named(List.of("echo-65")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Scenario echo-65 (expected: echo-64, echo-1k, echo-1m, broadcast-64, broadcast-1k, "
                                + "broadcast-1m, idle, echo-64-deflate, echo-1k-deflate, echo-1m-deflate, "
                                + "broadcast-64-deflate, broadcast-1k-deflate, broadcast-1m-deflate, idle-deflate, codec, or path)");
    }
}
