package io.parley.websocket.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedWordsTest {

    @Test
    void givenAWordSaidBefore_whenShared_thenItIsTheSameString() {
        String first = SharedWords.share(copy("Upgrade"));

        String second = SharedWords.share(copy("Upgrade"));

        assertThat(second).isSameAs(first);
    }

    @Test
    void givenManyWords_whenShared_thenEachIsItself() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(SharedWords.share("word" + i)).isEqualTo("word" + i);
        }
    }

    @Test
    void givenALongWord_whenShared_thenItIsNotKept() {
        String word = "x".repeat(257);

        String shared = SharedWords.share(word);

        assertThat(shared).isSameAs(word);
        assertThat(SharedWords.share(copy(word))).isNotSameAs(word);
    }

    private static String copy(String word) {
        return String.valueOf(word.toCharArray());
    }
}
