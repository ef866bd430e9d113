package io.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTableTest {

    private final IdTable<Thing> table = new IdTable<>(thing -> thing.id);

    /** Equal to itself only, as sessions and sockets are. */
    private static final class Thing {

        private final String id;

        Thing(String id) {
            this.id = id;
        }
    }

    private Thing put(String id) {
        Thing thing = new Thing(id);
        table.put(thing);
        return thing;
    }

    @Test
    void givenNothing_whenLookedFor_thenNothingIsFound() {
        assertThat(table.get("a")).isNull();
        assertThat(table.size()).isZero();
        assertThat(table.asMap()).isEmpty();
    }

    @Test
    void givenAThing_whenAnotherOneWithItsIdIsPut_thenThatIsInItsPlace() {
        put("a");

        Thing other = put("a");

        assertThat(table.get("a")).isSameAs(other);
        assertThat(table.size()).isOne();
    }

    @Test
    void givenAThing_whenAnotherOneWithItsIdIsPutIfAbsent_thenItStays() {
        Thing first = new Thing("a");

        assertThat(table.putIfAbsent(first)).isNull();
        assertThat(table.putIfAbsent(new Thing("a"))).isSameAs(first);

        assertThat(table.get("a")).isSameAs(first);
        assertThat(table.size()).isOne();
    }

    @Test
    void givenAThing_whenAnotherOneWithItsIdIsRemoved_thenItStays() {
        Thing here = put("a");

        assertThat(table.remove(new Thing("a"))).isFalse();
        assertThat(table.get("a")).isSameAs(here);
        assertThat(table.remove(here)).isTrue();
        assertThat(table.remove(here)).isFalse();
        assertThat(table.get("a")).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void givenAMapOfIt_whenThingsComeAndGo_thenItShowsThem() {
        Map<String, Thing> map = table.asMap();

        Thing a = put("a");
        Thing b = put("b");

        assertThat(map).containsOnly(Map.entry("a", a), Map.entry("b", b));
        assertThat(map.get("a")).isSameAs(a);
        assertThat(map.containsKey("b")).isTrue();
        assertThat(map.containsKey("c")).isFalse();
        table.remove(a);
        assertThat(map).containsOnly(Map.entry("b", b));
    }

    @Test
    void givenAMapOfIt_whenItIsToBeChanged_thenItRefuses() {
        Thing a = put("a");
        Map<String, Thing> map = table.asMap();

        assertThatThrownBy(() -> map.put("b", a)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(table.get("a")).isSameAs(a);
    }

    @Test
    void givenAnIterator_whenThingsGoAheadOfIt_thenItDoesNotShowThem() {
        Thing a = put("a");
        Thing b = put("b");
        Iterator<Thing> things = table.asMap().values().iterator();

        Thing first = things.next();
        table.remove(a);
        table.remove(b);

        assertThat(first).isIn(a, b);
        assertThat(things.hasNext())
                .as("the second was found when the first was handed out")
                .isTrue();
        assertThat(things.next()).isIn(a, b).isNotSameAs(first);
        assertThat(things.hasNext()).isFalse();
        assertThatThrownBy(things::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void givenAnIterator_whenThingsAreRemovedInItsCourse_thenItShowsAllTheSame() {
        for (int i = 0; i < 1000; i++) {
            put("id " + i);
        }

        int shown = 0;
        for (Thing thing : table.asMap().values()) {
            shown++;
            table.remove(thing);
        }

        assertThat(shown).isEqualTo(1000);
        assertThat(table.size()).isZero();
    }

    /** Few ids: many meet in a slot, and places are taken, left and taken again; many: it grows, and is rebuilt. */
    @ParameterizedTest
    @ValueSource(ints = {3, 12, 100, 10_000})
    void givenThingsThatComeAndGo_whenComparedWithAMapOfThem_thenItIsTheSame(int ids) {
        Random random = new Random(ids);
        Map<String, Thing> expected = new HashMap<>();

        for (int i = 0; i < 100_000; i++) {
            String id = Integer.toString(random.nextInt(ids));
            Thing known = expected.get(id);
            if (known == null) {
                expected.put(id, put(id));
            } else if (random.nextInt(4) == 0) {
                expected.put(id, put(id));
            } else {
                expected.remove(id);
                assertThat(table.remove(known)).isTrue();
            }
            assertThat(table.get(id)).isSameAs(expected.get(id));
        }

        assertThat(table.asMap()).isEqualTo(expected);
        assertThat(table.size()).isEqualTo(expected.size());
    }

    @Test
    void givenIdsWithTheSameHash_whenOneGoes_thenTheOthersAreFound() {
        List<Thing> same = new ArrayList<>();
        for (int i = 0; i < 16; i++) { // "Aa" and "BB" have the same hash
            same.add(put(Integer.toBinaryString(16 + i).replace("0", "Aa").replace("1", "BB")));
        }
        assertThat(same)
                .extracting(thing -> thing.id.hashCode())
                .containsOnly(same.get(0).id.hashCode());

        for (int gone = 0; gone < same.size(); gone++) {
            assertThat(table.remove(same.get(gone))).isTrue();
            assertThat(table.get(same.get(gone).id)).isNull();
            for (Thing left : same.subList(gone + 1, same.size())) {
                assertThat(table.get(left.id)).isSameAs(left);
            }
        }
    }

    @Test
    void givenThingsThatStay_whenOthersComeAndGoOnOtherThreads_thenTheyAreFoundAtEveryMoment() throws Exception {
        List<Thing> staying = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            staying.add(put("stays " + i));
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger missed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> comeAndGo("a"), threads);
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> comeAndGo("b"), threads);
            CompletableFuture<Void> finding = CompletableFuture.runAsync(() -> find(staying, missed, over), threads);
            CompletableFuture<Void> walking = CompletableFuture.runAsync(() -> walk(missed, over), threads);

            CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
            over.set(true);
            CompletableFuture.allOf(finding, walking).get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        assertThat(missed).hasValue(0);
        assertThat(table.asMap().values()).containsExactlyInAnyOrderElementsOf(staying);
    }

    /** A few, so that slots are taken again; then many, so that it grows; then all go. */
    private void comeAndGo(String name) {
        for (int round = 0; round < 200; round++) {
            List<Thing> come = new ArrayList<>();
            int count = round % 10 == 0 ? 2000 : 10;
            for (int i = 0; i < count; i++) {
                come.add(put(name + round + ' ' + i));
            }
            for (Thing thing : come) {
                if (table.get(thing.id) != thing || !table.remove(thing)) {
                    throw new AssertionError("Lost: " + thing.id);
                }
            }
        }
    }

    private void find(List<Thing> staying, AtomicInteger missed, AtomicBoolean over) {
        do {
            for (Thing thing : staying) {
                if (table.get(thing.id) != thing || table.get("never here") != null) {
                    missed.incrementAndGet();
                }
            }
        } while (!over.get());
    }

    private void walk(AtomicInteger missed, AtomicBoolean over) {
        do {
            long seen = table.asMap().keySet().stream()
                    .filter(id -> id.startsWith("stays"))
                    .count();
            if (seen != 20) {
                missed.incrementAndGet();
            }
        } while (!over.get());
    }
}
