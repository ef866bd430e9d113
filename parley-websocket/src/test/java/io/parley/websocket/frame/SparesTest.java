package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparesTest {

    @Test
    void givenNothing_whenTaken_thenThereIsNone() {
        assertThat(new Spares<String>().take()).isNull();
    }

    @Test
    void givenMoreThanThereArePlaces_whenGiven_thenTheRestStaysWithTheGiver() {
        Spares<Integer> spares = new Spares<>();
        int places = Runtime.getRuntime().availableProcessors();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i <= places; i++) {
            if (spares.give(i)) {
                kept.add(i);
            }
        }

        List<Integer> taken = new ArrayList<>();
        for (Integer spare = spares.take(); spare != null; spare = spares.take()) {
            taken.add(spare);
        }

        assertThat(kept).hasSize(places);
        assertThat(taken).containsExactlyInAnyOrderElementsOf(kept);
    }
}
