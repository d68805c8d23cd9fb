package io.mlcicd.packaging.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyFilesTest {

    @TempDir
    private Path folder;

    @Test
    void requirementsWithPinsHashesMarkersAndOptions() throws Exception {
        DependencyFiles read = read("requirements.txt", """
                # the model's own
                --index-url https://user:s3cret@pypi.example/simple
                -r more.txt
                scikit-learn==1.5.2 \\
                    --hash=sha256:AB01 \\
                    --hash=sha256:cd02
                numpy[extra] >=1.26,<3  # for arrays
                pandas (==2.2.3) ; python_version < "3.13"
                torch==2.*
                mylib @ https://user:s3cret@git.example/mylib.zip
                ./local/wheel.whl
                """);

        assertThat(read.dependencies())
                .extracting(Dependency::name, Dependency::version, Dependency::wanted)
                .containsExactly(
                        tuple("scikit-learn", Optional.of("1.5.2"), "==1.5.2"),
                        tuple("numpy", Optional.empty(), ">=1.26,<3"),
                        tuple("pandas", Optional.of("2.2.3"), "==2.2.3"),
                        tuple("torch", Optional.empty(), "==2.*"),
                        tuple("mylib", Optional.empty(), "@ https://git.example/mylib.zip"));
        assertThat(read.dependencies().get(0).hashes()).containsExactly("sha256:ab01", "sha256:cd02");
        assertThat(read.dependencies().toString()).doesNotContain("s3cret");
    }

    @Test
    void condaWithPipWithinIt() throws Exception {
        DependencyFiles read = read("conda.yaml", """
                channels: [conda-forge]
                dependencies:
                - python=3.11.7
                - conda-forge::lightgbm>=4
                - numpy=1.26.4=py311h_0
                - pip:
                  - mlflow==2.19.0
                """);

        assertThat(read.dependencies())
                .extracting(Dependency::name, Dependency::version, Dependency::ecosystem)
                .containsExactly(
                        tuple("python", Optional.of("3.11.7"), "conda"),
                        tuple("lightgbm", Optional.empty(), "conda"),
                        tuple("numpy", Optional.of("1.26.4"), "conda"),
                        tuple("mlflow", Optional.of("2.19.0"), "pypi"));
    }

    @Test
    void projectAndLocks() throws Exception {
        write("pyproject.toml", """
                [project]
                name = "weather"
                dependencies = ["numpy>=1.26", "scipy==1.14.1"]
                [tool.poetry.dependencies]
                python = "^3.11"
                joblib = "^1.4"
                xgboost = { version = "2.1.4", extras = ["x"] }
                """);
        write("poetry.lock", """
                [[package]]
                name = "joblib"
                version = "1.4.2"
                files = [{ file = "joblib.whl", hash = "sha256:06d4" }]
                """);
        write("uv.lock", """
                version = 1
                [[package]]
                name = "weather"
                version = "0.1.0"
                source = { virtual = "." }
                [[package]]
                name = "scipy"
                version = "1.14.1"
                source = { registry = "https://pypi.org/simple" }
                sdist = { url = "x", hash = "sha256:5a27" }
                wheels = [{ url = "y", hash = "sha256:b28d" }]
                """);
        write("Pipfile.lock", """
                {"default": {"pandas": {"version": "==2.2.3", "hashes": ["sha256:0a"]}}, "develop": {"pytest": {}}}
                """);
        DependencyFiles read = new DependencyFiles();
        read.read(folder, folder);

        assertThat(read.notes()).isEmpty();
        assertThat(read.dependencies())
                .extracting(Dependency::name, Dependency::version, Dependency::declaredIn)
                .containsExactly(
                        tuple("numpy", Optional.empty(), "pyproject.toml"),
                        tuple("scipy", Optional.of("1.14.1"), "pyproject.toml"),
                        tuple("joblib", Optional.empty(), "pyproject.toml"),
                        tuple("xgboost", Optional.empty(), "pyproject.toml"),
                        tuple("joblib", Optional.of("1.4.2"), "poetry.lock"),
                        tuple("scipy", Optional.of("1.14.1"), "uv.lock"),
                        tuple("pandas", Optional.of("2.2.3"), "Pipfile.lock"));
        assertThat(read.dependencies().get(5).hashes()).containsExactly("sha256:b28d", "sha256:5a27");
    }

    @Test
    void brokenFilesGetASentenceEach() throws Exception {
        write("pyproject.toml", "[project\nname = 1\n");
        write("conda.yaml", "dependencies: [a\n");
        Files.write(folder.resolve("requirements.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
        DependencyFiles read = new DependencyFiles();
        read.read(folder, folder);

        assertThat(read.notes())
                .hasSize(3)
                .allSatisfy(
                        note -> assertThat(note).contains(" cannot be read: ").doesNotContain("\n"));
        assertThat(read.files()).containsExactly("requirements.txt", "conda.yaml", "pyproject.toml");
    }

    private DependencyFiles read(String name, String content) throws IOException {
        write(name, content);
        DependencyFiles read = new DependencyFiles();
        read.read(folder, folder);
        assertThat(read.notes()).isEmpty();
        return read;
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
