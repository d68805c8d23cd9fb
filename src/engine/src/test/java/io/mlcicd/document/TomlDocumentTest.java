package io.mlcicd.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomlDocumentTest {

    @TempDir
    Path folder;

    @Test
    void tablesAreObjects() throws Exception {
        Path file = Files.writeString(folder.resolve("a.toml"), "[train]\nrounds = 7\nname = \"ü\"\n");

        assertThat(TomlDocument.read(file, "a.toml").at("/train/rounds").intValue())
                .isEqualTo(7);
        assertThat(TomlDocument.read(file, "a.toml").at("/train/name").asText()).isEqualTo("ü");
    }

    @Test
    void aMistakeIsToldWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("a.toml"), "a = 1\nb = = 2\n");

        assertThatThrownBy(() -> TomlDocument.read(file, "params/a.toml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("params/a.toml:2:[0-9]+: not valid TOML: .+");
        assertThatThrownBy(() -> TomlDocument.read(folder.resolve("none.toml"), "none.toml"))
                .isInstanceOf(NoSuchFileException.class);
    }
}
