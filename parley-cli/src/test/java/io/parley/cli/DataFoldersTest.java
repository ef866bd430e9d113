package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFoldersTest {

    @TempDir
    Path home;

    @Test
    void givenADataHome_whenAsked_thenTheFolderIsInIt() {
        Path dataHome = home.resolve("data");

        assertThat(DataFolders.inUserData("chat", Map.of("XDG_DATA_HOME", dataHome.toString()), home.toString()))
                .isEqualTo(dataHome.resolve("parley/chat"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative/path"})
    void givenNoUsableDataHome_whenAsked_thenTheFolderIsInTheHome(String dataHome) {
        assertThat(DataFolders.inUserData("chat", Map.of("XDG_DATA_HOME", dataHome), home.toString()))
                .isEqualTo(home.resolve(".local/share/parley/chat"));
    }
}
