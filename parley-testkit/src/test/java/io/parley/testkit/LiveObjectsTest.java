package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveObjectsTest {

    private static final String NAME = Witness.class.getName();

    private final List<Object> held = new ArrayList<>();

    /** Nobody else makes any. */
    private static final class Witness {}

    @Test
    void givenObjects_whenSomeAreHeld_thenJustThoseAreCounted() {
        held.addAll(List.of(new Witness(), new Witness(), new Witness()));

        assertThat(LiveObjects.count(NAME)).isEqualTo(Map.of(NAME, 3L));
        held.remove(0);
        assertThat(LiveObjects.count(NAME)).isEqualTo(Map.of(NAME, 2L));
        held.clear();
        assertThat(LiveObjects.count(NAME)).isEmpty();
    }

    @Test
    void givenALargeArray_whenItIsHeld_thenTheHeapHoldsSoMuchMore() {
        long before = LiveObjects.heapBytes();

        held.add(new byte[64 * 1024 * 1024]);

        assertThat(LiveObjects.heapBytes() - before).isGreaterThan(60L * 1024 * 1024);
    }
}
