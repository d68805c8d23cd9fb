package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets into an image, and what is refused. */
class ImageContentsTest {

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws IOException {
        project = new Project(temp.resolve("project"));
        Files.writeString(temp.resolve("outside.txt"), "not ours");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve.py             | serve.py",
                "./serve.py           | serve.py",
                "conf                 | conf/.secret conf/app.toml conf/deep/labels.txt",
                "conf/                | conf/.secret conf/app.toml conf/deep/labels.txt",
                "conf/*               | conf/app.toml",
                "conf/.*              | conf/.secret",
                "conf/**              | conf/app.toml conf/deep/labels.txt",
                "**/*.py              | serve.py src/a.py src/deep/b.py",
                "src/**/*.py          | src/a.py src/deep/b.py",
                "*.{py,txt}           | notes.txt serve.py",
                "src/?.py             | src/a.py",
                "conf/../serve.py     | serve.py"
            })
    void aPatternStandsForTheseFiles(String pattern, String expected) throws IOException {
        project.write("src/a.py", "1")
                .write("src/deep/b.py", "2")
                .write("notes.txt", "3")
                .write(".git/hook.py", "4");
        project.files = List.of(pattern.strip());

        assertThat(names(ImageContents.of(project.request()))).isEqualTo(expected);
    }

    @Test
    void aFileThatTwoPatternsNameIsTakenOnceAndTheModelOnlyAsModel() throws IOException {
        project.files = List.of("**", "serve.py");
        ImageContents contents = ImageContents.of(project.request());

        assertThat(names(contents)).isEqualTo("conf/app.toml conf/deep/labels.txt serve.py");
        assertThat(contents.modelFiles())
                .extracting(ProjectFile::path)
                .containsExactly("build/model/meta/classes.json", "build/model/weights.bin");
    }

    @Test
    void theModelMayBeAFile() throws IOException {
        project.model = "./build/model/weights.bin";

        assertThat(ImageContents.of(project.request()).model().path()).isEqualTo("build/model/weights.bin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../outside.txt       | leads out of the project's folder",
                "conf/../../outside.txt | leads out of the project's folder",
                "/etc/passwd          | must be a path relative to the project's folder",
                "serv.py              | does not exist in",
                "serv.py              | did you mean 'serve.py'?",
                "*.csv                | matches no file",
                "conf/[               | is not a pattern",
                "link-out.txt         | leads out of the project's folder",
                "linked-folder/outside.txt | leads out of the project's folder",
                "link-to-folder*      | symbolic link to a folder",
                "nowhere*             | leads nowhere"
            })
    void aBadFileIsRefusedWithTheReason(String pattern, String reason) throws IOException {
        Files.createSymbolicLink(project.folder.resolve("link-out.txt"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(project.folder.resolve("linked-folder"), temp);
        Files.createSymbolicLink(project.folder.resolve("link-to-folder"), project.folder.resolve("conf"));
        Files.createSymbolicLink(project.folder.resolve("nowhere"), Path.of("gone"));
        project.files = List.of(pattern.strip());

        assertThatThrownBy(() -> ImageContents.of(project.request()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aLinkToAFileOfTheProjectStandsForItsContent() throws Exception {
        Files.createSymbolicLink(project.folder.resolve("alias.py"), Path.of("serve.py"));
        project.files = List.of("alias.py");

        assertThat(names(ImageContents.of(project.request()))).isEqualTo("alias.py");
    }

    @ParameterizedTest
    @CsvSource({
        "build/modek, did you mean 'model'?",
        "missing, does not exist",
        "empty, is empty",
        "empty.bin, is empty",
        "., is the project's folder itself",
        "../outside.txt, leads out",
        "'', must be a path relative"
    })
    void aBadModelIsRefusedWithTheReason(String model, String reason) throws IOException {
        Files.createDirectories(project.folder.resolve("empty/deep"));
        project.write("empty.bin", "");
        project.model = model;

        assertThatThrownBy(() -> ImageContents.of(project.request()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("model: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Weather:1", "weather:1 0", "weather@sha256:1", "scratch", ""})
    void aBadImageNameIsRefused(String image) {
        project.image = image;

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("image: '" + image + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "linux/arm/v7", "Linux/AMD64", ""})
    void aBadPlatformIsRefused(String platform) {
        project.platforms = List.of(platform);

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("platform: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.tar", "./missing", "Not An Image"})
    void aBadBaseIsRefused(String base) {
        project.base = base;

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B"})
    void aBadVariableIsRefused(String variable) {
        project.env = Map.of(variable, "1");

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("env: ");
    }

    @Test
    void anImageThatGoesNowhereIsRefused() {
        project.output = Optional.empty();

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aFolderCannotBeTheTarball() {
        project.output = Optional.of(project.folder.resolve("conf"));

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a folder");
    }

    private static String names(ImageContents contents) {
        return String.join(" ", contents.files().stream().map(ProjectFile::path).toList());
    }
}
