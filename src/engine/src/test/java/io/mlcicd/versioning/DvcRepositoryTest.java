package io.mlcicd.versioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.lineage.DvcVersion;
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

/** The files of DVC were written by {@code dvc add} and {@code dvc repro} of DVC 3.64, and by hand as DVC 1 and 2 wrote them. */
class DvcRepositoryTest {

    @TempDir
    Path folder;

    private DvcRepository repository;

    @BeforeEach
    void anEmptyRepository() throws IOException {
        Files.createDirectories(folder.resolve(".dvc"));
        repository = new DvcRepository(folder);
    }

    @Test
    void aFileThatIsAsRecordedDiffersInNothing() throws Exception {
        write("d.csv", "a,b\n");
        write("d.csv.dvc", """
                outs:
                - md5: f69f5b72bc79a92dc70c63c9aa142e36
                  size: 4
                  hash: md5
                  path: d.csv
                """);

        assertThat(check("d.csv").differing()).isZero();
        assertThat(check("d.csv").message()).isEqualTo("d.csv is what d.csv.dvc records");
    }

    @Test
    void aChangedFileIsToldWithBothWaysOut() throws Exception {
        write("data/d.csv", "a,c\n");
        write("data/d.csv.dvc", """
                outs:
                - md5: f69f5b72bc79a92dc70c63c9aa142e36
                  size: 4
                  hash: md5
                  path: d.csv
                """);

        assertThat(check("data/d.csv").differing()).isEqualTo(1);
        assertThat(check("data/d.csv").message())
                .isEqualTo(
                        "data/d.csv is not what data/d.csv.dvc records; to record it run: dvc add data/d.csv, to get back"
                                + " what was recorded: dvc checkout data/d.csv.dvc");
    }

    @Test
    void filesOfBeforeDvc3AreHashedWithUnixLineEnds() throws Exception {
        write("d.csv", "a,b\r\n1,2\r\n");
        write("d.csv.dvc", "outs:\n- md5: e5ebd4c02cefbe7955977c67ada242b7\n  size: 10\n  path: d.csv\n");
        assertThat(check("d.csv").differing()).isZero();

        write("d.csv.dvc", "outs:\n- md5: e5ebd4c02cefbe7955977c67ada242b7\n  hash: md5\n  path: d.csv\n");
        assertThat(check("d.csv").differing()).isEqualTo(1);
    }

    @Test
    void aFolderIsHashedWithoutWhatIsIgnored() throws Exception {
        for (String file : List.of(
                "a.csv",
                "b.log",
                "sub/c.csv",
                "sub/x.log",
                "sub/tmp/y",
                "build/z",
                "keep/important.log",
                "keep/o.log",
                "d1.csv",
                "d2.csv")) {
            write("d/" + file, file + "\n");
        }
        write(".dvcignore", "*.log\n!important.log\n/d/build\ntmp/\n# c\nd/d[1].csv\n");
        write(
                "d.dvc",
                "outs:\n- md5: 0fd0312157b8d2475f30ea82714b36e3.dir\n  size: 42\n  nfiles: 4\n  hash: md5\n  path: d\n");
        assertThat(check("d").differing()).isZero();

        write("d/sub/c.csv", "other\n");
        assertThat(check("d").differing()).isEqualTo(1);
        assertThat(check("d").message()).startsWith("the files in d are not all what d.dvc records; to record it");
    }

    @Test
    void theFilesThatDifferAreNamedWhereTheCacheHasTheListing() throws Exception {
        write("d/a.csv", "a.csv\n");
        write("d/new.csv", "n\n");
        write("d/keep/important.log", "changed\n");
        write("d/sub/c.csv", "sub/c.csv\n");
        write("d.dvc", "outs:\n- md5: 0fd0312157b8d2475f30ea82714b36e3.dir\n  hash: md5\n  path: d\n");
        write(
                ".dvc/cache/files/md5/0f/d0312157b8d2475f30ea82714b36e3.dir",
                "[{\"md5\": \"96e563072d7b3288689effce802cdf56\", \"relpath\": \"a.csv\"},"
                        + " {\"md5\": \"dccbae3e6412c137e9cdf0f16ed60db2\", \"relpath\": \"d2.csv\"},"
                        + " {\"md5\": \"377276858e75cdce14e50c7e6babc828\", \"relpath\": \"keep/important.log\"},"
                        + " {\"md5\": \"336e8bd28de3d86f4803ac415e5e1f3e\", \"relpath\": \"sub/c.csv\"}]");

        assertThat(check("d").differing()).isEqualTo(3);
        assertThat(check("d").message()).contains("d2.csv (gone), keep/important.log (changed), new.csv (new)");
        assertThat(check("d/a.csv").differing()).as("one file of the folder").isZero();
        assertThat(check("d/keep/important.log").differing()).isEqualTo(1);
        assertThat(check("d/new.csv").differing()).isEqualTo(1);
    }

    @Test
    void whatWasNotPulledIsToldWithTheCommand() throws Exception {
        write("data/d.csv.dvc", "outs:\n- md5: f69f5b72bc79a92dc70c63c9aa142e36\n  hash: md5\n  path: d.csv\n");

        assertThatThrownBy(() -> check("data/d.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("data/d.csv is not there, but data/d.csv.dvc records it; run: dvc pull data/d.csv.dvc");
    }

    @Test
    void pipelinesRecordTheirOutputsInBothSchemas() throws Exception {
        write("model.bin", "m");
        write("out/model.bin", "m");
        String stage = """
                  cmd: python3 train.py
                  params:
                    params.yaml:
                      lr: 0.1
                      model.depth: 3
                    other.toml:
                      layers: [1, 2]
                  outs:
                  - path: model.bin
                    hash: md5
                    md5: 6f8f57715090da2632453988d9a1501b
                    size: 1
                """;
        write("dvc.lock", "schema: '2.0'\nstages:\n  train:\n" + stage.indent(2));
        assertThat(check("model.bin").differing()).isZero();
        assertThat(check("model.bin").recordedIn()).containsExactly("dvc.lock");
        assertThat(repository.parameters())
                .isEqualTo(Map.of("lr", "0.1", "model.depth", "3", "other.toml:layers", "[1,2]"));

        write("model.bin", "n");
        assertThat(check("model.bin").message()).contains("to record it run: dvc repro");

        write("dvc.lock", "train:\n" + stage);
        assertThat(check("model.bin").differing()).isEqualTo(1);

        write("dvc.yaml", "stages:\n  train:\n    cmd: x\n    wdir: out\n");
        assertThat(check("out/model.bin").differing())
                .as("paths are relative to wdir")
                .isZero();

        write("dvc.lock", "schema: '3.0'\nstages: {}\n");
        assertThatThrownBy(() -> check("model.bin"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dvc.lock:1:1: schema: is 3.0; ml-cicd reads the schemas 1.0 and 2.0");
    }

    @Test
    void lineageNamesHashAndRemoteWithoutSecrets() throws Exception {
        write("d.csv", "a,b\n");
        write("d.csv.dvc", "outs:\n- md5: f69f5b72bc79a92dc70c63c9aa142e36\n  hash: md5\n  path: d.csv\n");
        assertThat(repository.version(Path.of("d.csv")))
                .contains(new DvcVersion("d.csv.dvc", "md5:f69f5b72bc79a92dc70c63c9aa142e36", Optional.empty()));

        write(
                ".dvc/config",
                "[core]\n    remote = main\n['remote \"main\"']\n    url = https://me:secret@data.example/dvc\n");
        assertThat(repository.version(Path.of("d.csv")))
                .contains(new DvcVersion(
                        "d.csv.dvc", "md5:f69f5b72bc79a92dc70c63c9aa142e36", Optional.of("https://data.example/dvc")));
        assertThat(repository.version(Path.of("other.csv"))).isEmpty();
    }

    @Test
    void dataThatDvcDoesNotKnowAreNotItsConcern() throws Exception {
        write("d.csv", "a,b\n");
        assertThat(repository.check(folder.resolve("d.csv"), List.of(), "d.csv"))
                .isEmpty();

        write("d.csv.dvc", "outs:\n- etag: abc\n  path: d.csv\n");
        assertThat(repository.check(folder.resolve("d.csv"), List.of(), "d.csv"))
                .isEmpty();
    }

    @Test
    void aBrokenFileIsToldByName() throws Exception {
        write("d.csv", "a,b\n");
        write("d.csv.dvc", "outs:\n- md5: nonsense\n  path: d.csv\n");
        assertThatThrownBy(() -> check("d.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("d.csv.dvc:2:3: outs.0.md5: is no MD5 hash");

        write("d.csv.dvc", "deps: []\n");
        assertThatThrownBy(() -> check("d.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no file of DVC");
    }

    private DvcState check(String path) throws InterruptedException {
        return repository.check(Path.of(path), List.of(), path).orElseThrow();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
